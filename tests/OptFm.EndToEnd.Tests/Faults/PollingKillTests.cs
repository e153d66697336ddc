using OptFm.Sandbox;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Max;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves: where updates are fetched, a kill between fetching and storing loses nothing, because the offset or marker moves only with the
/// stored batch; and what is fetched twice is answered once.
/// </summary>
public sealed class PollingKillTests(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Chats = 30;
    private const int QuestionsPerChat = 5;

    [Fact]
    public Task Telegram_updates_survive_kills() => SurviveAsync(sandbox => sandbox.Telegram, FaultSettings.TelegramPolling, "getUpdates");

    [Fact]
    public Task Max_updates_survive_kills() => SurviveAsync(sandbox => sandbox.Max, FaultSettings.MaxPolling, "GET /updates");

    private async Task SurviveAsync(Func<SandboxServer, FakeMessenger> which, Func<SandboxServer, Dictionary<string, string>> settings, string poll)
    {
        var seed = Seeds.Next(output);
        await using var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed));
        var messenger = which(sandbox);
        await using var server = await MortalServer.StartAsync(settings(sandbox));
        var prompts = await Prompts.LearnAsync(sandbox.Log, (chat, question) => messenger.CustomerSaysAsync(chat, question));
        var ledger = new Ledger();
        sandbox.Log.Sent.OnAdded = ledger.Receive;
        messenger.Faults
            .Chance(0.1, new Fault(FaultKind.CutAfter) { Method = poll })
            .Chance(0.1, new Fault(FaultKind.ServerError) { Method = poll })
            .Chance(0.03, new Fault(FaultKind.ServerError));

        // MAX may deliver twice; Telegram repeats only what was not confirmed, under the same number.
        if (messenger is FakeMax) messenger.Faults.Chance(0.1, new Fault(FaultKind.DuplicateDelivery));

        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await AskAsync(messenger, ledger, prompts, random, firstChat: 1 + kill * Chats);
            await ledger.After(random.Next(1, Chats));
            await server.KillAndStartAsync(ledger.NextLife);
        }

        await ledger.AllAnsweredAsync(TimeSpan.FromSeconds(60));
        (await server.StopAsync()).ShouldBe(0);
        Check(ledger.Settle(), server);
    }

    /// <summary>Every chat's first question, then every chat's second…: as busy messengers mix them.</summary>
    private static async Task AskAsync(FakeMessenger messenger, Ledger ledger, IReadOnlyList<Prompt> prompts, Random random, int firstChat)
    {
        var asked = Enumerable.Range(firstChat, Chats).ToDictionary(chat => $"{chat}", _ => prompts.OrderBy(_ => random.Next()).Take(QuestionsPerChat).ToList());
        for (var i = 0; i < QuestionsPerChat; i++)
        {
            foreach (var (chat, questions) in asked)
            {
                ledger.Promise(chat, questions[i].Reply);
                await messenger.CustomerSaysAsync(chat, questions[i].Question);
            }
        }
    }

    private void Check(Account account, MortalServer server)
    {
        using var stored = Stored.Of(server.Server);
        var unknown = stored.UnknownSends();
        output.WriteLine($"{Kills} kills: {account}; {unknown.Values.Sum()} sends of unknown outcome; buried: {string.Join("; ", stored.Buried())}");

        account.Unasked.ShouldBeEmpty();
        account.Lost.ShouldBe(0);
        account.ChatsOutOfOrder.ShouldBeEmpty();
        account.DuplicatesWithinALife.ShouldBe(0);
        foreach (var (chat, duplicates) in account.Duplicates) duplicates.ShouldBeLessThanOrEqualTo(unknown.GetValueOrDefault(chat), $"chat {chat}");
    }
}

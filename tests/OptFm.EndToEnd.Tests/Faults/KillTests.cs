using OptFm.Sandbox;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves: whatever was acknowledged with 200 is answered, in the order of its chat, however often the process is killed in the middle of its
/// work and whatever the messenger does meanwhile. A reply comes twice only where a kill left the outcome of its send unknown, and the server
/// has counted that outcome as unknown.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Customers = 8;

    [Fact]
    public async Task Whatever_was_acknowledged_before_a_kill_is_answered_after_it()
    {
        var seed = Seeds.Next(output);
        await using var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed));
        await using var server = await MortalServer.StartAsync(FaultSettings.Compat(sandbox));
        var ledger = new Ledger();
        using var teacher = new Crowd(server, ledger, [], seed);
        var prompts = await Prompts.LearnAsync(sandbox.Log, (chat, question) => teacher.DeliverAsync(chat, 1, question));
        sandbox.Log.Sent.OnAdded = ledger.Receive;
        sandbox.Compat.Faults
            .Chance(0.02, new Fault(FaultKind.ServerError) { Method = "sendMessage" })
            .Chance(0.01, new Fault(FaultKind.HtmlBody) { Method = "sendMessage" })
            .Chance(0.01, new Fault(FaultKind.TooManyRequests) { Method = "sendMessage", RetryAfter = TimeSpan.FromSeconds(1) })
            .Chance(0.02, new Fault(FaultKind.Slow) { Method = "sendMessage", Delay = TimeSpan.FromMilliseconds(300) });

        using var crowd = new Crowd(server, ledger, prompts, seed);
        using var enough = new CancellationTokenSource();
        var writing = crowd.RunAsync(Customers, enough.Token);
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await ledger.After(random.Next(1, 120));
            await server.KillAndStartAsync(ledger.NextLife);
            output.WriteLine($"up after {server.Server.StartedIn.TotalSeconds:0.0} s");
        }

        await enough.CancelAsync();
        await writing;
        await ledger.AllAnsweredAsync(TimeSpan.FromSeconds(90));
        (await server.StopAsync()).ShouldBe(0);

        Check(ledger.Settle(), server, crowd.Repeated);
    }

    private void Check(Account account, MortalServer server, int repeated)
    {
        using var stored = Stored.Of(server.Server);
        var (unknown, buried) = (stored.UnknownSends(), stored.Buried());
        output.WriteLine(
            $"{Kills} kills: {account}; {repeated} deliveries repeated, {unknown.Values.Sum()} sends of unknown outcome, "
            + $"buried: {string.Join("; ", buried.Select(pair => $"{pair.Value} × {pair.Key}"))}");

        stored.Integrity().ShouldBe("ok");
        account.Lost.ShouldBe(0, string.Join("; ", buried.Keys));
        account.Unasked.ShouldBeEmpty();
        account.ChatsOutOfOrder.ShouldBeEmpty();
        account.DuplicatesWithinALife.ShouldBe(0);
        foreach (var (chat, duplicates) in account.Duplicates) duplicates.ShouldBeLessThanOrEqualTo(unknown.GetValueOrDefault(chat), $"chat {chat}");
    }
}

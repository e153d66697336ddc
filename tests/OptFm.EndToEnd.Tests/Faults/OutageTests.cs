using OptFm.Sandbox;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves: while the messenger fails, updates are still acknowledged and replies wait; afterwards all of them go out in the order of their
/// chats, each once. Connections that break in the middle of a call cost a duplicate at most where the call had its effect, and what is given
/// up after six unknown outcomes is in the outbox with its reason.
/// </summary>
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int Chats = 30;
    private const int QuestionsPerChat = 4;

    public static TheoryData<FaultKind> Outages => [FaultKind.ServerError, FaultKind.HtmlBody, FaultKind.TooManyRequests];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Replies_wait_for_a_messenger_that_fails_and_go_out_in_order(FaultKind kind)
    {
        await using var stage = await Stage.OpenAsync(Seeds.Next(output));
        stage.Sandbox.Compat.Faults.Always(new Fault(kind) { Method = "sendMessage" });

        await stage.AskAsync(Chats, QuestionsPerChat);
        await stage.UntilAsync(stored => stored.Count("outbox", "state < 2") == Chats * QuestionsPerChat && stored.Count("outbox", "attempts > 1") > 1);
        stage.Sandbox.Compat.Faults.Clear();

        var account = await stage.SettleAsync();
        output.WriteLine($"{account}");
        account.Unasked.ShouldBeEmpty();
        account.Lost.ShouldBe(0);
        account.ChatsOutOfOrder.ShouldBeEmpty();
        account.DuplicateCount.ShouldBe(0);
    }

    [Fact]
    public async Task Broken_connections_lose_nothing_that_is_not_accounted_for()
    {
        await using var stage = await Stage.OpenAsync(Seeds.Next(output));
        stage.Sandbox.Compat.Faults
            .Chance(0.1, new Fault(FaultKind.CutAfter) { Method = "sendMessage" })
            .Chance(0.1, new Fault(FaultKind.CutBefore) { Method = "sendMessage" });

        await stage.AskAsync(Chats, QuestionsPerChat);
        await stage.UntilAsync(stored => stored.Count("outbox") >= Chats * QuestionsPerChat && stored.Count("outbox", "state < 2") == 0);

        var account = await stage.SettleAsync(patience: TimeSpan.Zero);
        using var stored = Stored.Of(stage.Server.Server);
        var (unknown, buried) = (stored.UnknownSends(), stored.Buried());
        output.WriteLine($"{account}; {unknown.Values.Sum()} sends of unknown outcome; buried: {string.Join("; ", buried)}");
        account.Unasked.ShouldBeEmpty();
        account.Lost.ShouldBeLessThanOrEqualTo(buried.Where(pair => pair.Key.Contains("unknown", StringComparison.Ordinal)).Sum(pair => pair.Value));
        foreach (var (chat, duplicates) in account.Duplicates) duplicates.ShouldBeLessThanOrEqualTo(unknown.GetValueOrDefault(chat), $"chat {chat}");
    }
}

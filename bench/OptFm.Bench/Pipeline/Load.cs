using System.Diagnostics;
using System.Net;

namespace OptFm.Bench.Pipeline;

/// <summary>Delivers updates and waits for the replies.</summary>
/// <param name="connections">Connections to the webhook, one request at a time on each.</param>
/// <param name="longest">Bounds the delivery, and again the wait for replies.</param>
public sealed class Load(FakeMax max, Questions questions, int connections, TimeSpan longest)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>How many chats it takes for no chat to ask a question twice.</summary>
    public int ChatsFor(int updates, int wanted) => Math.Max(Math.Min(wanted, updates), (updates + questions.Count - 1) / questions.Count);

    public async Task<LoadResult> RunAsync(IReadOnlyList<IPEndPoint> servers, Ledger ledger, int updates, CancellationToken stop)
    {
        max.Tell(ledger.Replied);
        var delivery = new Delivery(servers, questions, ledger);
        var start = Stopwatch.GetTimestamp();
        var delivering = delivery.Run(updates, connections, longest, stop);
        var early = ledger.Replies;
        await WaitForRepliesAsync(ledger, delivery.Acknowledged, stop);
        return new(ledger, delivery, delivering, early, Stopwatch.GetElapsedTime(start, Math.Max(ledger.LastReplyAt, start + 1)));
    }

    /// <summary>Until every acknowledged update is answered, or the time is up; then a little longer for what comes twice.</summary>
    private async Task WaitForRepliesAsync(Ledger ledger, int acknowledged, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        while (ledger.Replies < acknowledged && Stopwatch.GetElapsedTime(start) < longest) await Task.Delay(BetweenLooks, _clock, stop);
        await Task.Delay(Settling, _clock, stop);
    }
}

/// <summary>How a load went.</summary>
/// <param name="Delivering">From the first request to the last answer.</param>
/// <param name="Early">Replies that came before the last acknowledgement.</param>
/// <param name="Whole">From the first request to the last reply in the messenger.</param>
public sealed record LoadResult(Ledger Ledger, Delivery Delivery, TimeSpan Delivering, int Early, TimeSpan Whole)
{
    public double RepliesPerSecond => Ledger.Replies / Whole.TotalSeconds;
}

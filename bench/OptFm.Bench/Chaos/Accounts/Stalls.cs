using OptFm.Bench.Chaos.Faults;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>
/// Times in which nothing was answered though something acknowledged waited. What waits because the messenger refused a call for its chat is left
/// out: it is tried again after a pause that grows, on purpose.
/// </summary>
internal sealed class Stalls
{
    private readonly List<TimeSpan> _replies;
    private readonly List<AskedUpdate> _acknowledged;

    public Stalls(ChaosLedger ledger)
    {
        var all = ledger.All;
        _replies = [.. all.SelectMany(update => update.Copies).Select(copy => copy.At).Order()];
        _acknowledged = [.. all.Where(update => update.AckedAt is not null && !ledger.HeldUpByMessenger(update))];
    }

    /// <param name="events">A messenger's own outages are left out.</param>
    /// <returns>The longest, and when it began.</returns>
    public (TimeSpan Length, TimeSpan From) Longest(IReadOnlyList<ChaosEvent> events)
    {
        var outages = events.Where(happened => IsOutage(happened.Kind)).ToList();
        var longest = (Length: TimeSpan.Zero, From: TimeSpan.Zero);
        foreach (var (from, to) in Gaps())
        {
            var length = to - from - Covered(outages, from, to);
            if (length > longest.Length) longest = (length, from);
        }

        return longest;
    }

    /// <returns>For each promotion how long it took until something was answered that had been acknowledged after it: storing, claiming and sending went again.</returns>
    public IReadOnlyList<TimeSpan> AfterPromotions(IReadOnlyList<ChaosEvent> events)
    {
        var stalls = new List<TimeSpan>();
        foreach (var at in events.Where(happened => happened.Kind == FailOver.Promoted).Select(happened => happened.From))
        {
            var answered = _acknowledged.Where(update => update.AckedAt > at && update.Copies.Count > 0).Select(update => update.Copies[0].At).DefaultIfEmpty(at).Min();
            stalls.Add(answered - at);
        }

        return stalls;
    }

    private static bool IsOutage(string kind) => FaultList.All.Any(fault => fault is MessengerFault { Stalls: true } && fault.Kind == kind);

    /// <summary>From one reply to the next, or from when something began to wait where nothing did before.</summary>
    private IEnumerable<(TimeSpan From, TimeSpan To)> Gaps()
    {
        var changes = _acknowledged.Select(update => (At: update.AckedAt!.Value, Waiting: 1))
            .Concat(_acknowledged.Where(update => update.Copies.Count > 0).Select(update => (At: Max(update.Copies[0].At, update.AckedAt!.Value), Waiting: -1)))
            .Concat(_replies.Select(at => (At: at, Waiting: 0)))
            .OrderBy(change => change.At).ThenByDescending(change => change.Waiting);
        var (waiting, from) = (0, TimeSpan.Zero);
        foreach (var (at, change) in changes)
        {
            if (waiting == 0) from = at;
            if (change <= 0 && waiting > 0)
            {
                yield return (from, at);
                from = at;
            }

            waiting += change;
        }
    }

    private static TimeSpan Covered(List<ChaosEvent> outages, TimeSpan from, TimeSpan to)
    {
        var (covered, end) = (TimeSpan.Zero, from);
        foreach (var outage in outages.Where(outage => outage.Overlaps(from, to)).OrderBy(outage => outage.From))
        {
            var (begun, over) = (Max(outage.From, end), Min(outage.To ?? to, to));
            if (over <= begun) continue;
            covered += over - begun;
            end = over;
        }

        return covered;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

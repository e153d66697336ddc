using OptFm.Bench.Chaos.Crowd;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>Compares the ledger with what should be, once all is over.</summary>
internal sealed class Accountant(ChaosOptions options, World world, ChaosLedger ledger, Schedule schedule, Upstream upstream)
{
    private const int MostStories = 3;

    /// <param name="quiet">When all faults were over.</param>
    public async Task<ChaosReport> ReportAsync(TimeSpan quiet)
    {
        var (all, events) = (ledger.All, world.Events.All);
        var acknowledged = all.Where(update => update.AckedAt is not null).ToList();
        var lost = acknowledged.Where(update => update.Waits).ToList();
        var broken = Order.Broken(all);
        var duplicates = new Duplicates(ledger, events, await StoredReplies.ReadAsync(world.Store)).Find();
        var unexplained = duplicates.Where(duplicate => duplicate.Cause == Duplicates.Unexplained).Select(duplicate => duplicate.Update).ToList();
        var stalls = new Stalls(ledger);
        var (stall, stallFrom) = stalls.Longest(events);
        var waits = acknowledged.Where(update => !update.Waits).Select(update => Seconds(update.Copies[0].At - update.AckedAt!.Value)).Order().ToList();
        return new ChaosReport
        {
            Seed = options.Seed,
            Store = world.Store.Name,
            Nodes = options.Nodes,
            Minutes = Math.Round(options.Length.TotalMinutes, 2),
            Polled = [.. world.Polled.Select(messenger => $"{messenger}")],
            Acknowledged = acknowledged.Count,
            Answered = acknowledged.Count - lost.Count,
            Lost = lost.Count,
            ReorderedWithinChat = broken.Count,
            Duplicated = Counted(duplicates.Select(duplicate => duplicate.Cause)),
            DuplicatedUnexplained = unexplained.Count,
            Unexpected = ledger.Unexpected.Count,
            LimitViolations = Counted(ledger.Violations.Select(seen => $"{seen.Violation.Messenger}, {seen.Violation.Limit}")),
            NeverAcknowledged = all.Count - acknowledged.Count,
            PassedToNextNode = upstream.PassedOn,
            LongestStall = Seconds(stall),
            LongestStallFrom = Seconds(stallFrom),
            StallsAfterPromotion = [.. stalls.AfterPromotions(events).Select(Seconds)],
            AnswerMedian = Percentile(waits, 50),
            AnswerP99 = Percentile(waits, 99),
            AnswerLongest = Percentile(waits, 100),
            Drained = Math.Max(0, Seconds(all.SelectMany(update => update.Copies).Select(copy => copy.At).DefaultIfEmpty().Max() - quiet)),
            Faults = schedule.Struck.Values.Sum(),
            FaultsByKind = schedule.Struck.OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            Missed = schedule.Missed,
            NodeCrashes = world.Nodes.Sum(node => node.Crashes),
            UncleanStops = events.Count(happened => happened.Kind is "slow_stop" or "unclean_stop"),
            Stories = await StoriesAsync(lost, broken, unexplained),
        };
    }

    private async Task<IReadOnlyList<string>> StoriesAsync(List<AskedUpdate> lost, IReadOnlyList<(AskedUpdate Early, AskedUpdate Overtaken)> broken, List<AskedUpdate> unexplained)
    {
        var story = new Story(world.Store, world.Events.All);
        var stories = new List<string>();
        foreach (var update in lost.Take(MostStories)) stories.Add(await story.TellAsync("lost", update));
        foreach (var (early, overtaken) in broken.Take(MostStories))
            stories.Add(await story.TellAsync("answered too early", early) + await story.TellAsync("overtaken", overtaken));
        foreach (var update in unexplained.Take(MostStories)) stories.Add(await story.TellAsync("duplicated for no known reason", update));
        stories.AddRange(ledger.Violations.Take(MostStories).Select(seen => $"limit violated at {seen.At.TotalSeconds:0.000} s: {seen.Violation}"));
        stories.AddRange(ledger.Unexpected.Take(MostStories).Select(text => $"unexpected: {text}"));
        return [.. stories.OrderBy(text => text.Length)];
    }

    private static Dictionary<string, int> Counted(IEnumerable<string> names) =>
        names.CountBy(name => name, StringComparer.Ordinal).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private static double Percentile(List<double> sorted, double percent) => sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling(sorted.Count * percent / 100) - 1];

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}

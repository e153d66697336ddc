using OptFm.Bench.Chaos.Faults;

namespace OptFm.Bench.Chaos;

/// <summary>Which fault strikes when: known before anything begins, from the seed alone.</summary>
internal sealed class Schedule(ChaosOptions options, World world)
{
    /// <summary>Before the first fault the nodes should have something in their hands.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, int> _struck = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _missed = new(StringComparer.Ordinal);

    /// <summary>How many faults of each kind struck.</summary>
    public IReadOnlyDictionary<string, int> Struck => _struck;

    /// <summary>How many found nothing to strike, by kind.</summary>
    public IReadOnlyDictionary<string, int> Missed => _missed;

    /// <summary>Lets everything strike, and completes when all of it is undone.</summary>
    public async Task RunAsync(TimeSpan until, CancellationToken stop)
    {
        var strokes = new List<Task>();
        foreach (var (at, fault, seed) in Plan(world.Clock.Now + Calm, until))
        {
            await world.Clock.WaitUntilAsync(at, stop);
            strokes.Add(StrikeAsync(fault, seed, stop));
        }

        await Task.WhenAll(strokes);
    }

    private IEnumerable<(TimeSpan At, IChaosFault Fault, int Seed)> Plan(TimeSpan from, TimeSpan until)
    {
        var random = new Random(options.Seed ^ 0x0FA117);
        var faults = FaultList.All.Where(fault => fault.Fits(world) && (options.Kinds.Count == 0 || options.Kinds.Contains(fault.Kind, StringComparer.Ordinal))).ToList();
        var weights = faults.Sum(fault => fault.Weight);
        if (faults.Count == 0) yield break;

        for (var at = from; at < until; at += options.BetweenFaults * (0.2 + 1.6 * random.NextDouble()))
        {
            var pick = random.Next(weights);
            yield return (at, faults.First(fault => (pick -= fault.Weight) < 0), random.Next());
        }
    }

    private async Task StrikeAsync(IChaosFault fault, int seed, CancellationToken stop)
    {
        var struck = await fault.StrikeAsync(world, new Random(seed), stop);
        lock (_struck)
        {
            var counts = struck ? _struck : _missed;
            counts[fault.Kind] = counts.GetValueOrDefault(fault.Kind) + 1;
        }
    }
}

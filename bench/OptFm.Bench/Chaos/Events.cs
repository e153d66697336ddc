namespace OptFm.Bench.Chaos;

/// <summary>Something that was done to the system, from when to when (since the run's start; null: not over).</summary>
internal sealed record ChaosEvent(string Kind, string Subject, TimeSpan From)
{
    public TimeSpan? To { get; set; }

    public bool Overlaps(TimeSpan from, TimeSpan to) => From <= to && (To ?? TimeSpan.MaxValue) >= from;

    public override string ToString() => $"{From.TotalSeconds:0.0}–{To?.TotalSeconds:0.0} s: {Kind} {Subject}";
}

/// <summary>All that happened, in order of its beginning.</summary>
internal sealed class Events(RunClock clock, TextWriter progress)
{
    private readonly Lock _gate = new();
    private readonly List<ChaosEvent> _all = [];

    public IReadOnlyList<ChaosEvent> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public ChaosEvent Begin(string kind, string subject)
    {
        var begun = new ChaosEvent(kind, subject, clock.Now);
        lock (_gate)
        {
            _all.Add(begun);
            progress.WriteLine($"{begun.From.TotalSeconds,8:0.0} s  {kind} {subject}");
        }

        return begun;
    }

    public void End(ChaosEvent begun) => begun.To = clock.Now;

    /// <summary>Something that takes no time.</summary>
    public void Add(string kind, string subject) => End(Begin(kind, subject));
}

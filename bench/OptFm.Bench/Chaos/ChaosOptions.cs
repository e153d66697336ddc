namespace OptFm.Bench.Chaos;

/// <summary>What is to be put through what, and for how long.</summary>
public sealed record ChaosOptions
{
    public required FileInfo Server { get; init; }

    /// <summary>Decides customers, questions and faults; only timing differs between runs.</summary>
    public required int Seed { get; init; }

    /// <summary>How long customers write and faults strike; draining comes on top.</summary>
    public required TimeSpan Length { get; init; }

    public required bool OnPostgres { get; init; }

    public required int Nodes { get; init; }

    /// <summary>Updates per second, on average.</summary>
    public double Rate { get; init; } = 15;

    /// <summary>Chats that write side by side; one that has asked everything makes room for a new one.</summary>
    public int Chats { get; init; } = 300;

    /// <summary>Mean time from one fault's beginning to the next one's.</summary>
    public TimeSpan BetweenFaults { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Only faults of these kinds; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Which messengers are polled instead of delivering, from the seed unless told.</summary>
    public IReadOnlyList<string> Polled { get; init; } = [];

    /// <summary>The longest wait for replies once all faults are over.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(8);
}

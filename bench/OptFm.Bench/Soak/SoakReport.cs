namespace OptFm.Bench.Soak;

/// <summary>What ten minutes of even load did to a server.</summary>
public sealed record SoakReport
{
    public required string Store { get; init; }

    public required double Minutes { get; init; }

    public required int Acknowledged { get; init; }

    public required int Answered { get; init; }

    public required double RepliesPerSecond { get; init; }

    public required int Samples { get; init; }

    /// <summary>Resident memory.</summary>
    public required Trend RssMb { get; init; }

    /// <summary>Managed heap after the latest collection.</summary>
    public required Trend HeapMb { get; init; }

    public required Trend Handles { get; init; }

    public required Trend Threads { get; init; }

    /// <summary>To PostgreSQL.</summary>
    public required Trend? Connections { get; init; }

    public bool Passed => Acknowledged == Answered && new[] { RssMb, HeapMb, Handles, Threads, Connections }.All(trend => trend?.Flat != false);
}

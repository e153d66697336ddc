using System.Text.Json.Serialization;

namespace OptFm.Bench.Scale;

/// <summary>What was measured. Figures are medians of the rounds; ratios are medians of each round's ratio.</summary>
internal sealed record ScaleReport
{
    public required IReadOnlyList<Aim> Aims { get; init; }

    public IReadOnlyList<StoreReport>? Stores { get; init; }

    public IReadOnlyList<SizeReport>? Sizes { get; init; }

    public IReadOnlyList<BacklogReport>? Backlog { get; init; }

    public WakeUpReport? WakeUp { get; init; }

    public required ScaleParameters Parameters { get; init; }

    /// <summary>Whether every message was answered once and in order. A figure that falls short of its aim is still a figure.</summary>
    [JsonIgnore]
    public bool NothingWentWrong =>
        (Stores ?? []).All(store => store is { Lost: 0, Duplicated: 0, Reordered: 0 }) && (Sizes ?? []).All(size => size is { Lost: 0, Duplicated: 0, Reordered: 0 });
}

/// <summary>What was hoped for.</summary>
internal sealed record Aim(string Name, double Figure, bool Met);

/// <summary>What a figure means nothing without.</summary>
internal sealed record ScaleParameters(
    int Rounds, int Updates, int WarmUp, int Chats, int Connections, int Cores, string System, string Runtime, string Filesystem, string Server, double Seconds);

/// <summary>A load on one installation. CPU, statements, round trips and commits are for each message.</summary>
internal sealed record StoreReport(string Store, int Nodes)
{
    public required double RepliesPerSecond { get; init; }

    public required IReadOnlyList<double> RepliesPerSecondInEachRound { get; init; }

    /// <summary>1 is SQLite's throughput.</summary>
    public required double ThroughputToSqlite { get; init; }

    public required double AckP50Ms { get; init; }

    public required double AckP99Ms { get; init; }

    public required double NodesCpuMs { get; init; }

    public required double DatabaseCpuMs { get; init; }

    public required double Statements { get; init; }

    public required double RoundTrips { get; init; }

    public required double Commits { get; init; }

    public required LoneReport Alone { get; init; }

    public required int Lost { get; init; }

    public required int Duplicated { get; init; }

    public required int Reordered { get; init; }

    public static StoreReport Of(Installation installation, List<Measurement> rounds, List<Measurement> sqlite, LoneReport alone) =>
        new(installation.Store.Name, installation.Nodes)
        {
            RepliesPerSecond = Figures.Median(rounds, one => one.RepliesPerSecond),
            RepliesPerSecondInEachRound = [.. rounds.Select(one => Figures.Rounded(one.RepliesPerSecond))],
            ThroughputToSqlite = Figures.MedianRatio(rounds, sqlite, one => one.RepliesPerSecond),
            AckP50Ms = Figures.Median(rounds, one => one.AckP50Ms),
            AckP99Ms = Figures.Median(rounds, one => one.AckP99Ms),
            NodesCpuMs = Figures.Median(rounds, one => one.NodesCpuMs),
            DatabaseCpuMs = Figures.Median(rounds, one => one.DatabaseCpuMs),
            Statements = Figures.Median(rounds, one => one.Statements),
            RoundTrips = Figures.Median(rounds, one => one.RoundTrips),
            Commits = Figures.Median(rounds, one => one.Commits),
            Alone = alone,
            Lost = rounds.Sum(one => one.Lost),
            Duplicated = rounds.Sum(one => one.Duplicated),
            Reordered = rounds.Sum(one => one.Reordered),
        };
}

/// <summary>A message that has no company.</summary>
/// <param name="ReplyMs">From the delivery to the reply at the messenger.</param>
internal sealed record LoneReport(double ReplyMs, double Statements, double RoundTrips);

/// <summary>A load on tables of one size.</summary>
internal sealed record SizeReport(string Store, int Chats)
{
    public required double RepliesPerSecond { get; init; }

    public required double NodesCpuMs { get; init; }

    public required double DatabaseCpuMs { get; init; }

    public required double AckP99Ms { get; init; }

    /// <summary>CPU for each message; 1 is that with the smallest tables.</summary>
    public required double CpuToSmallest { get; init; }

    /// <summary>Time for each message; 1 is that with the smallest tables.</summary>
    public required double TimeToSmallest { get; init; }

    public required int Lost { get; init; }

    public required int Duplicated { get; init; }

    public required int Reordered { get; init; }

    public static SizeReport Of(string store, int chats, List<Measurement> rounds, List<Measurement> smallest) => new(store, chats)
    {
        RepliesPerSecond = Figures.Median(rounds, one => one.RepliesPerSecond),
        NodesCpuMs = Figures.Median(rounds, one => one.NodesCpuMs),
        DatabaseCpuMs = Figures.Median(rounds, one => one.DatabaseCpuMs),
        AckP99Ms = Figures.Median(rounds, one => one.AckP99Ms),
        CpuToSmallest = Figures.MedianRatio(rounds, smallest, one => one.CpuMs),
        TimeToSmallest = Figures.MedianRatio(rounds, smallest, one => 1 / one.RepliesPerSecond),
        Lost = rounds.Sum(one => one.Lost),
        Duplicated = rounds.Sum(one => one.Duplicated),
        Reordered = rounds.Sum(one => one.Reordered),
    };
}

/// <summary>A node that is started before a backlog.</summary>
internal sealed record BacklogReport
{
    public required string Store { get; init; }

    public required int Pending { get; init; }

    public required double RepliesPerSecond { get; init; }

    /// <summary>For each message, node and database.</summary>
    public required double CpuMs { get; init; }

    /// <summary>1 is the time for each message with the short backlog.</summary>
    public double TimeToShort { get; init; } = 1;

    /// <summary>Acknowledging while the backlog is worked off.</summary>
    public double AckP99Ms { get; init; }

    /// <summary>Of tables and indexes, for each message.</summary>
    public required double? PagesPerMessage { get; init; }

    /// <summary>How often a table of the message path was read from its beginning to its end.</summary>
    public required long? TablesReadWhole { get; init; }

    /// <summary>Before the node was started.</summary>
    public required Explained Claim { get; init; }

    /// <summary>When the node had worked for a while.</summary>
    public Explained? ClaimAfterwards { get; init; }

    public BacklogReport ComparedTo(BacklogReport small) => this with { TimeToShort = Figures.Rounded(small.RepliesPerSecond / RepliesPerSecond) };
}

/// <inheritdoc cref="ClaimPlan"/>
internal sealed record Explained(string Steps, long? Pages, double Milliseconds)
{
    public static Explained Of(ClaimPlan plan) => new(string.Join(" < ", plan.Steps), plan.Pages, Figures.Rounded(plan.Milliseconds));
}

/// <summary>From the statement that stores an update to the one that claims its lane, the commit between them included.</summary>
internal sealed record WakeUpReport
{
    public required int Messages { get; init; }

    /// <summary>Stored and claimed by one node.</summary>
    public required Spread SameNode { get; init; }

    /// <summary>Stored by another process, claimed by an idle node.</summary>
    public required Spread OtherNode { get; init; }

    /// <summary>The same, from when the other process knew that it is on the disk.</summary>
    public required Spread OtherNodeFromCommit { get; init; }
}

/// <summary>In milliseconds.</summary>
internal sealed record Spread(double P50, double P99, double Longest)
{
    public static Spread Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToList();
        double At(double percent) => Figures.Rounded(sorted[(int)Math.Ceiling(sorted.Count * percent / 100) - 1]);
        return new(At(50), At(99), At(100));
    }
}

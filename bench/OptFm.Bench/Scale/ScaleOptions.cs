namespace OptFm.Bench.Scale;

/// <summary>How much is measured.</summary>
internal sealed record ScaleOptions
{
    public required FileInfo Server { get; init; }

    /// <summary>Every installation is measured so often, by turns, because the machine is never quite the same.</summary>
    public required int Rounds { get; init; }

    /// <summary>Updates of one measurement.</summary>
    public required int Updates { get; init; }

    public required int WarmUp { get; init; }

    /// <summary>Chats that write.</summary>
    public required int Chats { get; init; }

    public required int Connections { get; init; }

    /// <summary>How many chats the tables know, for each measurement of their size.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Updates that wait, in the largest tables.</summary>
    public required int Backlog { get; init; }

    /// <summary>Messages whose way from the store to the claim is timed.</summary>
    public required int WakeUps { get; init; }

    /// <summary>What to measure; all of it when empty.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Bounds each delivery, and again the wait for replies.</summary>
    public TimeSpan Longest { get; } = TimeSpan.FromMinutes(2);

    /// <summary>The same in about a minute, on tables a tenth as large.</summary>
    public ScaleOptions Quick() => this with
    {
        Rounds = 1,
        Updates = 1_500,
        WarmUp = 500,
        Chats = 500,
        Sizes = [100, 1_000, 100_000],
        Backlog = 100_000,
        WakeUps = 40,
    };

    public bool Wants(string stage) => Only.Count == 0 || Only.Contains(stage);
}

namespace OptFm.Bench.Pipeline;

/// <summary>What to load the server with.</summary>
public sealed record PipelineOptions
{
    public required FileInfo Server { get; init; }

    public required int Updates { get; init; }

    public required int Chats { get; init; }

    public required int Connections { get; init; }

    public required int WarmUp { get; init; }

    /// <summary>Bounds the delivery, and again the wait for replies.</summary>
    public required TimeSpan Longest { get; init; }

    public required int Starts { get; init; }

    /// <summary>The server's DATABASE_URL; empty for a SQLite file of its own.</summary>
    public string Database { get; init; } = "";
}

using OptFm.Server.Backups;
using OptFm.Server.Nodes;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Operations;

/// <summary>What the server knows of its own condition: filled where each part is, judged by <see cref="Health"/>.</summary>
public sealed record HealthReport
{
    /// <summary>Whether a write was committed. May throw and may hang: it is bounded by whoever calls it.</summary>
    public required Func<CancellationToken, Task<bool>> DatabaseWritable { get; init; }

    /// <summary>Asked only when the database answers.</summary>
    public required Func<CancellationToken, Task<QueueAges>> Queue { get; init; }

    /// <summary>Whether inbox and outbox workers run; false once one has ended for good.</summary>
    public required Func<bool> WorkersRunning { get; init; }

    /// <summary>Entries of the FAQ in use; 0 when none could be loaded.</summary>
    public required Func<int> FaqEntries { get; init; }

    /// <summary>How the last backups went. Reads a file: bounded by whoever calls it.</summary>
    public Func<BackupJournal> Backups { get; init; } = () => BackupJournal.Empty;

    /// <summary>What the administrator should see to. Answers from memory; changes neither the verdict nor the status code.</summary>
    public Func<IReadOnlyList<WatchWarning>> Warnings { get; init; } = () => [];

    /// <summary>This server among those of its database.</summary>
    public Node Node { get; init; } = Node.Alone;

    /// <summary>One per messenger, those that are off too.</summary>
    public required Func<IReadOnlyList<ChannelHealth>> Channels { get; init; }
}

/// <param name="OldestPending">Age of the oldest update that waits for its answer; null when none waits.</param>
/// <param name="OldestDue">For how long the oldest sendable reply has been due; null when none is.</param>
public sealed record QueueAges(TimeSpan? OldestPending, TimeSpan? OldestDue);

/// <param name="Name">As in the channel's table key, such as <c>max</c>.</param>
/// <param name="LastContact">When the messenger last answered or delivered.</param>
/// <param name="LastError">A short code of what failed since, such as <c>http_401</c> or <c>timeout</c>; null while all is well.</param>
public sealed record ChannelHealth(string Name, bool Enabled, DateTimeOffset? LastContact, string? LastError);

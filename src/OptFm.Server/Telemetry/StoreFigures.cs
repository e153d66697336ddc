using OptFm.Server.Backups;
using OptFm.Server.Operations;
using OptFm.Server.Storage;

namespace OptFm.Server.Telemetry;

/// <summary>What the database and its disk look like at one moment. What could not be read in time is null.</summary>
/// <param name="Writable">Whether a write was committed just now.</param>
internal sealed record StoreState(bool Writable, ReadState? Read)
{
    public static readonly StoreState Unknown = new(false, null);
}

/// <param name="Queues">Inbox and outbox of each channel.</param>
/// <param name="DatabaseBytes">Size of the file, or on PostgreSQL's disk.</param>
/// <param name="LogBytes">Size of the write-ahead log beside it.</param>
/// <param name="FreeBytes">What an ordinary user may still write to the disk.</param>
/// <param name="Backups">How the last backups went.</param>
internal sealed record ReadState(
    IReadOnlyList<(string Channel, QueueDepth Inbox, QueueDepth Outbox)> Queues, long DatabaseBytes, long LogBytes, long FreeBytes, BackupJournal Backups);

/// <summary>Looks at the database for /metrics, and answers within two seconds whatever the disk does.</summary>
/// <param name="file">SQLite's, whose folder is DATA_DIR.</param>
/// <param name="backups">Reads their journal from the disk.</param>
internal sealed class StoreFigures(Database database, string file, IReadOnlyList<string> channels, Func<BackupJournal> backups, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly QueueProbe _queues = new(database, channels, time);
    private SharedProbe<object>? _write;
    private SharedProbe<ReadState>? _read;
    private StoreState _latest = StoreState.Unknown;

    /// <summary>As of the last <see cref="RefreshAsync"/>.</summary>
    public StoreState Latest => Volatile.Read(ref _latest);

    public async Task RefreshAsync()
    {
        _write ??= new(async () => await _queues.WriteAsync() ? this : null, Patience, time);
        _read ??= new(() => Task.FromResult<ReadState?>(Read()), Patience, time);
        var (write, read) = (_write.AskAsync(), _read.AskAsync());
        Volatile.Write(ref _latest, new(await write is not null, await read));
    }

    private ReadState Read()
    {
        var queues = database.Read(session => channels
            .Select(channel => (channel, QueueDepth.OfInbox(session, channel), QueueDepth.OfOutbox(session, channel)))
            .ToList());
        var size = database.Size();
        return new(queues, size.Bytes, size.LogBytes, new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace, backups());
    }
}

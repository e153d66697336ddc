namespace OptFm.Server.Storage;

/// <summary>
/// Moves the write-ahead log into the database beside the writer, so that no acknowledgement waits for it.
/// A log that outgrows <see cref="MostBytes"/> under lasting load is finished off by the writer itself, which alone can start it afresh.
/// https://sqlite.org/wal.html#performance_considerations
/// </summary>
public sealed class Checkpoints(string file) : IDisposable
{
    /// <summary>To what SQLite cuts the log when it starts it afresh, so that the file's length tells how much waits in it.</summary>
    public const long KeptBytes = 4 << 20;

    private const long StepBytes = 8 << 20;
    private const long MostBytes = 64 << 20;

    private readonly FileInfo _log = new(file + "-wal");
    private Task _running = Task.CompletedTask;
    private long _movedAt = KeptBytes;

    /// <summary>Called by the writer between transactions.</summary>
    public void AfterCommit(Session writer)
    {
        _log.Refresh();
        var length = _log.Exists ? _log.Length : 0;
        if (length < _movedAt) _movedAt = KeptBytes;
        if (length - _movedAt < StepBytes || !_running.IsCompleted) return;

        _movedAt = length;
        if (length >= MostBytes) MoveLog(writer);
        else _running = Task.Run(MoveLogBeside);
    }

    public void Dispose() => SpinWait.SpinUntil(() => _running.IsCompleted);

    private static void MoveLog(Session session) => session.First("PRAGMA wal_checkpoint(PASSIVE)", r => r.GetInt64(0));

    private void MoveLogBeside()
    {
        try
        {
            using var session = SqliteDatabase.Open(file);
            MoveLog(session);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Busy or out of space: the writer asks again when the log has grown further.
        }
    }
}

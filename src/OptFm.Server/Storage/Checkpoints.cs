using Microsoft.Data.Sqlite;

namespace OptFm.Server.Storage;

/// <summary>
/// Moves the write-ahead log into the database beside the writer, so that no acknowledgement waits for it.
/// A log that outgrows <see cref="MostPages"/> under lasting load is finished off by the writer itself, which alone can start it afresh.
/// The log's file keeps its size: writing over old pages needs fewer changes of the file system than growing.
/// https://sqlite.org/wal.html#performance_considerations
/// </summary>
public sealed class Checkpoints(string file) : IDisposable
{
    private const int CommitsBetween = 64;
    private const long MostPages = 16_000;

    private Task _running = Task.CompletedTask;
    private long _pages;
    private int _commits;

    /// <summary>Called by the writer between transactions.</summary>
    public void AfterCommit(Session writer)
    {
        if (++_commits < CommitsBetween || !_running.IsCompleted) return;

        _commits = 0;
        if (Interlocked.Read(ref _pages) < MostPages)
        {
            _running = Task.Run(MoveLogBeside);
            return;
        }

        MoveLog(writer);
        Interlocked.Exchange(ref _pages, 0);
    }

    public void Dispose() => SpinWait.SpinUntil(() => _running.IsCompleted);

    /// <returns>How many pages are in the log, moved or not.</returns>
    private static long MoveLog(Session session) => session.First("PRAGMA wal_checkpoint(PASSIVE)", r => r.GetInt64(1));

    private void MoveLogBeside()
    {
        try
        {
            using var session = Database.Open(file);
            Interlocked.Exchange(ref _pages, MoveLog(session));
        }
        catch (SqliteException)
        {
            // Busy or out of space: asked again after further commits.
        }
    }
}

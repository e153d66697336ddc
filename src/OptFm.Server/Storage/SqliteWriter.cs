using Microsoft.Data.Sqlite;

namespace OptFm.Server.Storage;

/// <summary>The only writing connection of the embedded database; it cannot be lost.</summary>
internal sealed class SqliteWriter(SqliteSession session, Checkpoints checkpoints) : IWriter
{
    public Session Open() => session;

    /// <summary>There is no other transaction to get in the way of.</summary>
    public void Order(List<GroupCommit.Work> batch)
    {
    }

    public void AfterCommit()
    {
        try
        {
            checkpoints.AfterCommit(session);
        }
        catch (SqliteException)
        {
            // A checkpoint that did not go through is tried again after a later commit.
        }
    }

    public void Dispose() => session.Dispose();
}

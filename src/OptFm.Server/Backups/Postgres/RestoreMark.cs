using System.Data.Common;
using Npgsql;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups.Postgres;

/// <summary>
/// What a restore leaves in the database in the transaction that replaces everything: a comment on a table, which belongs to nobody's
/// schema. Whoever finds a restore cut off looks whether it is there.
/// </summary>
internal static class RestoreMark
{
    public static string New() => $"restored {Guid.NewGuid():N}";

    public static Task SetAsync(NpgsqlConnection connection, string mark, CancellationToken stop) =>
        connection.RunAsync($"COMMENT ON TABLE {OwnTables.Schema} IS '{mark}'", stop);

    /// <exception cref="StoreException">The database does not answer.</exception>
    public static bool IsIn(StorageOptions storage, string mark)
    {
        if (storage.Postgres is not { } server) return false;
        using var connection = Link.Open(server, Link.RestoreName);
        try
        {
            // A restore that was killed may still be committing in the server: it holds this until its end.
            using var wait = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", connection);
            wait.Parameters.AddWithValue("key", PostgresMigrator.Lock);
            wait.ExecuteNonQuery();
            using var ask = new NpgsqlCommand($"SELECT obj_description(to_regclass('{OwnTables.Schema}'), 'pg_class')", connection);
            return ask.ExecuteScalar() is string found && found == mark;
        }
        catch (DbException e)
        {
            throw PostgresProblem.Of(e, server.Place);
        }
    }
}

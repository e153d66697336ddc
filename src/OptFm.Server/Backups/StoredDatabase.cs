using OptFm.Server.Backups.Postgres;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups;

/// <summary>Which database it is.</summary>
internal static class StoredDatabase
{
    /// <param name="clock">For pauses.</param>
    public static IStoredDatabase Of(StorageOptions options, TimeProvider clock) =>
        options.Postgres is { } server ? new PostgresStored(server, clock) : new SqliteStored(options.DatabaseFile);

    /// <summary>Reads all of an unpacked backup's copy.</summary>
    /// <exception cref="BackupException">It is damaged, somebody else's, or newer than this program.</exception>
    public static Task<DatabaseContents> ReadCopyAsync(Manifest manifest, string folder, CancellationToken stop) => manifest.IsDump
        ? new Dump(Path.Combine(folder, Manifest.Dump), manifest.Schema).CheckAsync(manifest.Rows!, stop)
        : Task.Run(() => DatabaseContents.Read(Path.Combine(folder, Manifest.Database)), stop);
}

using Microsoft.Data.Sqlite;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups;

/// <summary>The embedded database: one file, replaced like the others of a backup.</summary>
internal sealed class SqliteStored(string file) : IStoredDatabase
{
    public string CopyName => Manifest.Database;

    public int Format => Manifest.SqliteFormat;

    public string Place => file;

    public Task<long> SizeAsync(CancellationToken stop)
    {
        if (!File.Exists(file))
        {
            throw new BackupException(
                $"{file} is not there: there is nothing to back up. Check DATA_DIR, or start the server first.",
                $"{file} не найден: копировать нечего. Проверьте DATA_DIR или сначала запустите сервер.");
        }

        return Task.FromResult(new FileInfo(file).Length + (File.Exists(file + "-wal") ? new FileInfo(file + "-wal").Length : 0));
    }

    public async Task<CopiedDatabase> CopyAsync(string copy, CancellationToken stop)
    {
        await Task.Run(() => DatabaseCopy.Make(file, copy, stop), CancellationToken.None);
        return new(DatabaseContents.Read(copy), Rows: null);
    }

    /// <summary>Like the server itself: while this is held, none can start.</summary>
    public Task<IHeldDatabase> HoldAsync(CancellationToken stop)
    {
        var folder = Path.GetDirectoryName(file)!;
        FileOwner.CreateFolder(folder, FileOwner.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        try
        {
            var taken = SqliteDatabase.TakeLock(file);
            FileOwner.Of(folder)?.Own(SqliteDatabase.LockFile(file));
            return Task.FromResult<IHeldDatabase>(new Held(file, taken));
        }
        catch (StoreException e)
        {
            throw new BackupException(
                $"The server runs on {file}. Stop it first: sudo systemctl stop optfm. Nothing was changed.",
                $"Сервер работает с {file}. Сначала остановите его: sudo systemctl stop optfm. Ничего не изменено.",
                e);
        }
    }

    private sealed class Held(string file, FileStream taken) : IHeldDatabase
    {
        public string? Mark => null;

        /// <summary>The old database's own logs go: beside the new one they would be taken for its.</summary>
        public Task<IReadOnlyList<ReplacementStep>> PrepareAsync(CheckedBackup backup, string kept, CancellationToken stop)
        {
            Settle();
            return Task.FromResult<IReadOnlyList<ReplacementStep>>(
            [
                .. from ending in (string[])["-wal", "-shm", "-journal"]
                where File.Exists(file + ending)
                select new ReplacementStep(file + ending, null, Path.Combine(kept, Manifest.Database + ending), FileOwner.Of(file + ending)!),
            ]);
        }

        public Task SealAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => taken.DisposeAsync();

        /// <summary>Has a whole database take in its log, so that replacing it is one rename. A damaged one keeps its log.</summary>
        private void Settle()
        {
            if (!File.Exists(file)) return;
            try
            {
                var place = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
                using var connection = new SqliteConnection(place.ToString());
                connection.Open();
                using var session = new SqliteSession(connection);
                session.First("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0));
            }
            catch (SqliteException)
            {
                // Damaged, which is why it is replaced.
            }
        }
    }
}

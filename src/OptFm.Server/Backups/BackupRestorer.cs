using Microsoft.Data.Sqlite;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups;

/// <param name="DataOnly">Whether the settings stay as they are.</param>
/// <param name="AlsoTo">Folders outside the bot's that may be written to.</param>
public sealed record RestoreOrder(string File, string? Identity = null, bool DataOnly = false, IReadOnlyList<string>? AlsoTo = null);

/// <param name="Kept">Folder with what was replaced.</param>
/// <param name="Skipped">Files of the backup that were not restored; they lie in <c>not-restored</c> in that folder.</param>
/// <param name="Settings">As they are now.</param>
public sealed record RestoreOutcome(Manifest Manifest, DatabaseContents Contents, string Kept, IReadOnlyList<string> Restored, IReadOnlyList<string> Skipped, LoadedSettings Settings);

/// <summary>Restores a backup where no server runs: checks it whole first, keeps what it replaces, and replaces all or nothing.</summary>
/// <param name="loaded">The settings in force; broken ones do not stop it, for they may be the reason.</param>
public sealed class BackupRestorer(LoadedSettings loaded, TimeProvider clock)
{
    private readonly string _data = loaded.Settings.Backup.DataFolder;

    /// <exception cref="BackupException">Nothing was changed.</exception>
    public async Task<RestoreOutcome> RestoreAsync(RestoreOrder order, CancellationToken stop)
    {
        if (loaded.Settings.Storage.Postgres is { } there) throw BackupException.OfServer(there.Place);
        try
        {
            FileOwner.CreateFolder(_data, FileOwner.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
            using var turn = BackupLock.Take(_data);
            using var server = TakeFromServer(loaded.Settings.Storage.DatabaseFile);
            WorkFolder.Sweep(_data);
            using var work = WorkFolder.Make(_data);
            var backup = await BackupCheck.OpenAsync(order.File, order.Identity, work, stop);
            var places = new RestoreTargets(loaded, order.AlsoTo ?? []).Of(backup, order.DataOnly);
            var database = places.Settings.Settings.Storage.DatabaseFile;
            using var moved = database == loaded.Settings.Storage.DatabaseFile ? null : TakeFromServer(database);
            stop.ThrowIfCancellationRequested();
            return Replace(backup, places, database);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupException.OfSystem(e);
        }
    }

    private RestoreOutcome Replace(CheckedBackup backup, RestorePlaces places, string database)
    {
        var kept = MakeKept();
        Settle(database);
        // What is root's comes last: up to there the bot's own start can undo a restore that was cut off.
        var replacement = new Replacement([.. LogsOf(database, kept), .. places.Targets.OrderBy(target => !RestoreTargets.IsWithin(target.Path, _data)).Select(target => Step(target.Name, target.Path, kept))]);
        try
        {
            replacement.Prepare(backup.Folder);
            Replacement.Forget(_data);
            replacement.Run(_data);
        }
        catch
        {
            if (!Directory.EnumerateFileSystemEntries(kept).Any()) Directory.Delete(kept);
            throw;
        }
        finally
        {
            replacement.Clean();
        }

        PutAside(places.Skipped, backup.Folder, kept);
        return new(backup.Manifest, backup.Contents, kept, [.. places.Targets.Select(target => target.Path)], places.Skipped, places.Settings);
    }

    /// <summary>Like the server itself: while this is held, none can start.</summary>
    private static FileStream TakeFromServer(string database)
    {
        var folder = Path.GetDirectoryName(database)!;
        FileOwner.CreateFolder(folder, FileOwner.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        try
        {
            var taken = SqliteDatabase.TakeLock(database);
            FileOwner.Of(folder)?.Own(SqliteDatabase.LockFile(database));
            return taken;
        }
        catch (StoreException e)
        {
            throw new BackupException(
                $"The server runs on {database}. Stop it first: sudo systemctl stop optfm. Nothing was changed.",
                $"Сервер работает с {database}. Сначала остановите его: sudo systemctl stop optfm. Ничего не изменено.",
                e);
        }
    }

    private string MakeKept()
    {
        var kept = Path.Combine(_data, $"before-restore-{BackupName.Stamp(clock.GetUtcNow())}");
        for (var again = 2; Directory.Exists(kept); again++) kept = $"{kept.Split('~')[0]}~{again}";
        FileOwner.CreateFolder(kept, FileOwner.PrivateFolder);
        return kept;
    }

    private ReplacementStep Step(string name, string target, string kept)
    {
        var folder = FileOwner.Of(_data) ?? throw new IOException($"{_data} is gone");
        // The settings are root's, and the bot may read them.
        var owner = folder with { User = name == BackupSources.Settings && Environment.IsPrivilegedProcess ? 0 : folder.User, Mode = FileOwner.Group };
        return new(target, name, Path.Combine(kept, name), owner);
    }

    /// <summary>The old database's own logs: beside the new one they would be taken for its.</summary>
    private static IEnumerable<ReplacementStep> LogsOf(string database, string kept) =>
        from ending in (string[])["-wal", "-shm", "-journal"]
        where File.Exists(database + ending)
        select new ReplacementStep(database + ending, null, Path.Combine(kept, Manifest.Database + ending), FileOwner.Of(database + ending)!);

    /// <summary>Has a whole database take in its log, so that replacing it is one rename. A damaged one keeps its log.</summary>
    private static void Settle(string database)
    {
        if (!File.Exists(database)) return;
        try
        {
            var place = new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
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

    private static void PutAside(IReadOnlyList<string> names, string folder, string kept)
    {
        if (names.Count == 0) return;
        var aside = Path.Combine(kept, "not-restored");
        FileOwner.CreateFolder(aside, FileOwner.PrivateFolder);
        foreach (var name in names) File.Move(Path.Combine(folder, name), Path.Combine(aside, name));
    }
}

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
        try
        {
            FileOwner.CreateFolder(_data, FileOwner.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
            using var turn = BackupLock.Take(_data);
            await using var server = await HoldFileAsync(loaded.Settings.Storage, stop);
            WorkFolder.Sweep(_data);
            using var work = WorkFolder.Make(_data);
            var backup = await BackupCheck.OpenAsync(order.File, order.Identity, work, stop);
            var places = new RestoreTargets(loaded, order.AlsoTo ?? []).Of(backup, order.DataOnly);
            RequireSameKind(backup.Manifest, places.Settings.Settings.Storage);
            await using var other = IsSameFile(places.Settings.Settings.Storage) ? null : await StoredDatabase.Of(places.Settings.Settings.Storage, clock).HoldAsync(stop);
            return await ReplaceAsync(backup, places, other ?? server!, stop);
        }
        catch (OutcomeUnknownException e)
        {
            throw new BackupException(
                $"The database was lost from sight at the last moment ({e.Message}), and nobody knows whether it was restored. The server's next start finds out, and finishes or undoes the restore: sudo systemctl start optfm",
                $"В последний миг пропала связь с базой ({e.Message}), и неизвестно, восстановлена ли она. Следующий запуск сервера выяснит это и завершит или отменит восстановление: sudo systemctl start optfm",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupException.OfSystem(e);
        }
    }

    /// <summary>SQLite is held before anything is looked at, PostgreSQL once it is known where the restored settings look for it.</summary>
    private async Task<IHeldDatabase?> HoldFileAsync(StorageOptions storage, CancellationToken stop) =>
        storage.Postgres is null ? await StoredDatabase.Of(storage, clock).HoldAsync(stop) : null;

    private bool IsSameFile(StorageOptions storage) =>
        storage.Postgres is null && loaded.Settings.Storage.Postgres is null && storage.DatabaseFile == loaded.Settings.Storage.DatabaseFile;

    /// <summary>The tables are the same, but neither database reads the other's copy.</summary>
    private void RequireSameKind(Manifest manifest, StorageOptions restored)
    {
        if (!manifest.IsDump && (loaded.Settings.Storage.Postgres ?? restored.Postgres) is { } server)
        {
            throw new BackupException(
                $"The backup is of SQLite, and DATABASE_URL names PostgreSQL ({server.Place}). Restore it where DATABASE_URL is empty, then move it: optfm db copy --from sqlite:PATH --to postgresql://… Nothing was changed.",
                $"Копия сделана с SQLite, а DATABASE_URL указывает на PostgreSQL ({server.Place}). Восстановите её там, где DATABASE_URL пуст, и перенесите: optfm db copy --from sqlite:ПУТЬ --to postgresql://… Ничего не изменено.");
        }

        if (manifest.IsDump && restored.Postgres is null)
        {
            throw new BackupException(
                "The backup is of PostgreSQL, and DATABASE_URL names none. Set DATABASE_URL=postgresql://… of an empty database and restore there; to have it in SQLite afterwards: optfm db copy --from postgresql://… --to sqlite:PATH. Nothing was changed.",
                "Копия сделана с PostgreSQL, а DATABASE_URL на неё не указывает. Задайте DATABASE_URL=postgresql://… с пустой базой и восстановите туда; чтобы потом перейти на SQLite: optfm db copy --from postgresql://… --to sqlite:ПУТЬ. Ничего не изменено.");
        }
    }

    private async Task<RestoreOutcome> ReplaceAsync(CheckedBackup backup, RestorePlaces places, IHeldDatabase database, CancellationToken stop)
    {
        var kept = MakeKept();
        Replacement? replacement = null;
        try
        {
            var first = await database.PrepareAsync(backup, kept, stop);
            stop.ThrowIfCancellationRequested();
            // What is root's comes last: up to there the bot's own start can undo a restore that was cut off.
            replacement = new Replacement(
                [.. first, .. places.Targets.OrderBy(target => !RestoreTargets.IsWithin(target.Path, _data)).Select(target => Step(target.Name, target.Path, kept))], database.Mark);
            replacement.Prepare(backup.Folder);
            Replacement.Forget(_data);
            await replacement.RunAsync(_data, database.SealAsync);
        }
        catch (Exception e) when (e is not OutcomeUnknownException)
        {
            if (!Directory.EnumerateFileSystemEntries(kept).Any()) Directory.Delete(kept);
            throw;
        }
        finally
        {
            replacement?.Clean();
        }

        PutAside(places.Skipped, backup.Folder, kept);
        return new(backup.Manifest, backup.Contents, kept, [.. places.Restored(backup.Manifest)], places.Skipped, places.Settings);
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

    private static void PutAside(IReadOnlyList<string> names, string folder, string kept)
    {
        if (names.Count == 0) return;
        var aside = Path.Combine(kept, "not-restored");
        FileOwner.CreateFolder(aside, FileOwner.PrivateFolder);
        foreach (var name in names) File.Move(Path.Combine(folder, name), Path.Combine(aside, name));
    }
}

using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Backups;

/// <param name="File">Absolute.</param>
/// <param name="Pruned">How many old ones were deleted.</param>
/// <param name="Missing">Files of the settings that are not there or cannot be read, and so are not in the backup.</param>
public sealed record BackupOutcome(string File, long Bytes, DatabaseContents Contents, int Pruned, IReadOnlyList<string> Missing);

/// <summary>Makes one backup: copies, checks, packs, encrypts, and only then gives the file its name.</summary>
public sealed class BackupMaker(LoadedSettings loaded, TimeProvider clock)
{
    private readonly BackupOptions _options = loaded.Settings.Backup;
    private readonly List<string> _missing = [];

    /// <param name="to">Another folder than BACKUP_DIR, where nothing is pruned; null for BACKUP_DIR.</param>
    /// <exception cref="BackupException">None was made, nothing half done is left, and the journal tells of it.</exception>
    public async Task<BackupOutcome> MakeAsync(string? to, CancellationToken stop)
    {
        try
        {
            var made = await TryAsync(Path.GetFullPath(to ?? _options.Folder), to is null, stop);
            BackupJournal.Note(_options.DataFolder, new BackupSuccess(clock.GetUtcNow(), made.File, made.Bytes));
            return made;
        }
        catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            var failure = e switch
            {
                BackupException known => known,
                OperationCanceledException => new BackupException("The backup was stopped before its end.", "Копирование прервано до конца.", e),
                _ => BackupException.OfSystem(e),
            };
            Note(failure);
            throw failure;
        }
    }

    private async Task<BackupOutcome> TryAsync(string folder, bool prune, CancellationToken stop)
    {
        var database = StoredDatabase.Of(loaded.Settings.Storage, clock);
        var size = await database.SizeAsync(stop);
        MakeFolder(_options.DataFolder);
        MakeFolder(folder);
        using var turn = BackupLock.Take(_options.DataFolder);
        WorkFolder.Sweep(_options.DataFolder);
        BackupPruning.SweepParts(folder, clock.GetUtcNow());
        RequireSpace(size, folder);
        using var work = WorkFolder.Make(_options.DataFolder);
        var copied = await database.CopyAsync(work.File(database.CopyName), stop);
        var now = clock.GetUtcNow();
        var manifest = new Manifest(database.Format, Health.Version, copied.Contents.Schema, now, await StageAsync(database, work, stop), copied.Rows);
        var file = await PackAsync(manifest, work, folder, stop);
        var pruned = prune && _options.Keep is { } keep ? BackupPruning.Prune(folder, file, keep, now) : 0;
        return new(file, new FileInfo(file).Length, copied.Contents, pruned, _missing);
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            FileOwner.CreateFolder(folder, FileOwner.PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, e);
        }
    }

    private void RequireSpace(long bytes, string folder)
    {
        // The copy, the packed file that is no larger, and once more if it is encrypted apart.
        DiskSpace.Require(_options.DataFolder, bytes * (_options.Recipient.Length > 0 ? 3 : 2));
        DiskSpace.Require(folder, bytes);
    }

    /// <summary>Copies the small files beside the database's copy, so that what is packed is what was counted.</summary>
    private async Task<IReadOnlyList<ManifestFile>> StageAsync(IStoredDatabase database, WorkFolder work, CancellationToken stop)
    {
        var files = new List<ManifestFile> { await DescribeAsync(work, database.CopyName, database.Place, stop) };
        foreach (var (name, path) in BackupSources.Of(loaded.Settings, BackupSources.SettingsFile(loaded.Source)))
        {
            try
            {
                if (!File.Exists(path)) continue;
                File.Copy(path, work.File(name));
                files.Add(await DescribeAsync(work, name, path, stop));
            }
            catch (Exception e) when (e is UnauthorizedAccessException)
            {
                _missing.Add(path);
            }
        }

        return files;
    }

    private static async Task<ManifestFile> DescribeAsync(WorkFolder work, string name, string from, CancellationToken stop) =>
        new(name, from, new FileInfo(work.File(name)).Length, await Checksums.OfFileAsync(work.File(name), stop));

    private async Task<string> PackAsync(Manifest manifest, WorkFolder work, string folder, CancellationToken stop)
    {
        var cipher = Encryption.For(_options.Recipient);
        var file = FreeName(folder, manifest.Time, Encryption.Suffix(cipher));
        var part = Path.Combine(folder, $".{Path.GetFileName(file)}.{Environment.ProcessId}.part");
        try
        {
            CreatePart(part);
            if (cipher == Cipher.None)
            {
                await PackAsync(manifest, work, part, FileMode.Open, stop);
            }
            else
            {
                var plain = work.File("packed");
                await PackAsync(manifest, work, plain, FileMode.CreateNew, stop);
                await Encryption.EncryptAsync(_options.Recipient, plain, part, work, stop);
                Close(part);
            }

            Durable.Replace(part, file);
            return file;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task PackAsync(Manifest manifest, WorkFolder work, string target, FileMode mode, CancellationToken stop)
    {
        await using var packed = new FileStream(target, mode, FileAccess.Write, FileShare.None);
        await ArchiveWriter.PackAsync(manifest, work.Path, packed, stop);
    }

    private static void CreatePart(string part)
    {
        try
        {
            FileOwner.Create(part, FileOwner.Private).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(Path.GetDirectoryName(part)!, e);
        }
    }

    /// <summary>gpg makes the file anew.</summary>
    private static void Close(string part)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        File.SetUnixFileMode(part, FileOwner.Private);
        FileOwner.Of(Path.GetDirectoryName(part)!)?.Own(part);
    }

    private static string FreeName(string folder, DateTimeOffset time, string suffix)
    {
        var file = Path.Combine(folder, BackupName.Of(time, suffix));
        return File.Exists(file) ? FreeName(folder, time.AddSeconds(1), suffix) : file;
    }

    private void Note(BackupException failure)
    {
        try
        {
            BackupJournal.Note(_options.DataFolder, new BackupFailure(clock.GetUtcNow(), failure.In(loaded.Language)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk too full for a line: the exit code tells, and an old success tells after a day.
        }
    }

    private static BackupException NotWritable(string folder, Exception e) => new(
        $"{folder} cannot be written to ({e.Message}). Check BACKUP_DIR, its owner (optfm) and its mode. A folder of your own must also be opened to the timer: sudo systemctl edit optfm-backup, [Service], ReadWritePaths={folder}",
        $"В {folder} нельзя писать ({e.Message}). Проверьте BACKUP_DIR, владельца (optfm) и права. Свою папку надо открыть и для таймера: sudo systemctl edit optfm-backup, [Service], ReadWritePaths={folder}",
        e);
}

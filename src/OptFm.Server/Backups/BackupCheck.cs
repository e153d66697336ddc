using OptFm.Server.Backups.Postgres;
using OptFm.Server.Settings;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups;

/// <summary>A backup unpacked and found whole.</summary>
/// <param name="Folder">Where its files lie under their names.</param>
public sealed record CheckedBackup(Manifest Manifest, DatabaseContents Contents, string Folder)
{
    /// <summary>Why the server did not take it on trial; null where it did, or where the file is the database itself.</summary>
    public Words? Untried { get; init; }
}

/// <summary>Proves that a backup can be restored: decrypts, unpacks, compares every checksum, opens the database and reads all of it.</summary>
internal static class BackupCheck
{
    /// <param name="identity">File with the private key of an encrypted backup.</param>
    /// <param name="work">Everything is left here.</param>
    /// <exception cref="BackupException">It cannot be restored, and why.</exception>
    public static async Task<CheckedBackup> OpenAsync(string file, string? identity, WorkFolder work, CancellationToken stop)
    {
        var length = Length(file);
        var cipher = Encryption.Of(file) ?? throw new BackupException($"{file} is no backup of optfm, or its beginning is damaged.", $"{file} — не копия optfm, или её начало повреждено.");
        if (cipher != Cipher.None)
        {
            DiskSpace.Require(work.Path, length);
            var plain = work.File("packed");
            await Encryption.DecryptAsync(cipher, identity, file, plain, work, stop);
            file = plain;
        }

        var folder = Directory.CreateDirectory(work.File("files")).FullName;
        Manifest manifest;
        await using (var packed = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read)) manifest = await ArchiveReader.UnpackAsync(packed, folder, stop);
        var contents = await StoredDatabase.ReadCopyAsync(manifest, folder, stop);
        return contents.Schema == manifest.Schema ? new(manifest, contents, folder) : throw BackupException.Damaged(Manifest.FileName);
    }

    /// <summary>Unpacks aside, where there is room for a database, and leaves nothing.</summary>
    /// <param name="dataFolder">DATA_DIR; where it is absent or somebody else's, the temporary files' folder serves.</param>
    /// <param name="server">Tries to load a backup of PostgreSQL.</param>
    /// <exception cref="BackupException">It cannot be restored, and why.</exception>
    public static async Task<CheckedBackup> VerifyAsync(string file, string? identity, string dataFolder, PostgresOptions? server, CancellationToken stop)
    {
        try
        {
            using var turn = MayWrite(dataFolder) ? BackupLock.Take(dataFolder) : null;
            using var work = WorkFolder.Make(turn is null ? Path.GetTempPath() : dataFolder);
            var backup = await OpenAsync(file, identity, work, stop);
            return backup.Manifest.IsDump ? backup with { Untried = await TrialLoad.RunAsync(server, backup, stop) } : backup;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupException.OfSystem(e);
        }
    }

    private static bool MayWrite(string folder)
    {
        if (!Directory.Exists(folder)) return false;
        try
        {
            WorkFolder.Make(folder).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long Length(string file)
    {
        var info = new FileInfo(file);
        if (info.Exists) return info.Length;

        throw new BackupException($"{file} is not there, or is a folder. What there is: ls -l /var/backups/optfm", $"{file} не найден, или это папка. Что есть: ls -l /var/backups/optfm");
    }
}

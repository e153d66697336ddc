namespace OptFm.Server.Backups;

/// <summary>Asks before writing much: a disk filled to the brim stops the bot.</summary>
internal static class DiskSpace
{
    /// <summary>What the bot itself needs while a backup runs.</summary>
    private const long Reserve = 16 << 20;

    /// <exception cref="BackupException">There is too little; nothing was written.</exception>
    public static void Require(string folder, long bytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free >= bytes + Reserve) return;

        throw new BackupException(
            $"The disk of {folder} is too full: {Megabytes(bytes + Reserve)} MB are needed, {Megabytes(free)} MB are free. Make room (df -h {folder}); nothing was changed.",
            $"На диске с {folder} мало места: нужно {Megabytes(bytes + Reserve)} МБ, свободно {Megabytes(free)} МБ. Освободите место (df -h {folder}); ничего не изменено.");
    }

    private static long Megabytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}

namespace OptFm.Server.Backups;

/// <summary>One backup, check or restore at a time in a DATA_DIR.</summary>
internal static class BackupLock
{
    private const int WouldBlock = 11; // EWOULDBLOCK

    /// <exception cref="BackupException">Another one is under way.</exception>
    public static FileStream Take(string dataDir)
    {
        try
        {
            return FileOwner.Create(Path.Combine(dataDir, "backup.lock"), FileOwner.Private, FileMode.OpenOrCreate);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new BackupException(
                "Another backup, check or restore is under way. Wait until it ends and try again.",
                "Уже идёт другое копирование, проверка или восстановление. Дождитесь конца и повторите.",
                e);
        }
    }
}

namespace OptFm.Server.Backups;

/// <summary>Deletes backups that are too old: files named like ours and nothing else, and never the one just made.</summary>
internal static class BackupPruning
{
    /// <returns>How many went.</returns>
    public static int Prune(string folder, string newest, TimeSpan keep, DateTimeOffset now)
    {
        var pruned = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("optfm-*"))
        {
            // A link is somebody else's doing.
            if (file.FullName == newest || file.LinkTarget is not null) continue;
            if (BackupName.Time(file.Name) is not { } made || now - made <= keep) continue;
            file.Delete();
            pruned++;
        }

        return pruned;
    }

    /// <summary>Removes what a killed backup left half written. Not fresh ones: another machine may be writing into the same folder.</summary>
    public static void SweepParts(string folder, DateTimeOffset now)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(".optfm-*.part"))
        {
            if (now.UtcDateTime - file.LastWriteTimeUtc > TimeSpan.FromDays(1)) file.Delete();
        }
    }
}

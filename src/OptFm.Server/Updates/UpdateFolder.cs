namespace OptFm.Server.Updates;

/// <summary>Where an update keeps its things. Root's alone to write to: not in DATA_DIR, where the service could plant links under root's feet.</summary>
internal static class UpdateFolder
{
    public const string Root = "/var/lib/optfm-update";
    public const string Journal = $"{Root}/journal.json";
    public const string Lock = $"{Root}/lock";

    /// <summary>All that was said, of this update and the ones before.</summary>
    public const string Log = $"{Root}/update.log";

    /// <summary>The copy of the given package that was checked, so that what is installed is what was checked.</summary>
    public const string Package = $"{Root}/package";

    /// <summary>The new package, unpacked to be looked at.</summary>
    public const string New = $"{Root}/new";

    /// <summary>The installed program as it was: put back from here, and what carries the update through.</summary>
    public const string Kept = $"{Root}/kept";
    public const string KeptTree = $"{Kept}/tree";
    public const string KeptProgram = $"{KeptTree}/usr/lib/optfm/optfm";

    /// <summary>Goes on with an interrupted update, whatever state the installed program is in.</summary>
    public const string Resume = $"{Root}/resume";

    /// <summary>What is of no use once an update has ended.</summary>
    public static IReadOnlyList<string> Temporary { get; } = [Package, New, Kept];

    /// <summary>Whether this process is the kept copy, whose files nobody replaces.</summary>
    public static bool RunsThis => AppContext.BaseDirectory.StartsWith(Kept + "/", StringComparison.Ordinal);

    public static void Create()
    {
        foreach (var folder in (string[])[Root, Package, New, Kept]) CreateReadable(folder);
    }

    /// <summary>The service's user tries the new program there, and nothing in it is secret; whatever root's umask is.</summary>
    public static void CreateReadable(string folder)
    {
        Directory.CreateDirectory(folder);
        FileModes.Set(folder, FileModes.Folder);
    }

    public static void Clear()
    {
        foreach (var folder in Temporary.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    /// <returns>Held until disposed of; null while another update holds it.</returns>
    public static FileStream? TryLock()
    {
        try
        {
            return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

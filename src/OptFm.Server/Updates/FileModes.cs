namespace OptFm.Server.Updates;

/// <summary>Modes of files, whatever the caller's umask is.</summary>
internal static class FileModes
{
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Database = Private | UnixFileMode.GroupRead;
    public const UnixFileMode Public = Database | UnixFileMode.OtherRead;
    public const UnixFileMode Script = Private | UnixFileMode.UserExecute;
    public const UnixFileMode Folder = Public | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Set(string path, UnixFileMode mode)
    {
        // The program is for Linux alone; the framework's analyzer does not know.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}

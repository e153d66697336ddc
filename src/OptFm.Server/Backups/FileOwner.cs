using System.Runtime.InteropServices;

namespace OptFm.Server.Backups;

/// <summary>Who owns a file. What root makes in the bot's folders belongs to the bot, or the bot could not touch it afterwards.</summary>
/// <param name="Mode">Permission bits.</param>
internal sealed record FileOwner(uint User, uint GroupId, UnixFileMode Mode)
{
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Group = Private | UnixFileMode.GroupRead;
    public const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;

    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint BasicStats = 0x7ff;

    /// <returns>Null where there is no such file.</returns>
    public static FileOwner? Of(string path)
    {
        // statx has one layout on all architectures; stat has not. https://man7.org/linux/man-pages/man2/statx.2.html
        var facts = new byte[256];
        if (StatX(CurrentFolder, path, 0, BasicStats, facts) != 0) return null;
        return new(BitConverter.ToUInt32(facts, 20), BitConverter.ToUInt32(facts, 24), (UnixFileMode)(BitConverter.ToUInt16(facts, 28) & 0x1ff));
    }

    /// <summary>A new file of the given mode; made by root, it belongs to whom its folder belongs to.</summary>
    /// <exception cref="IOException">It is there already, among others.</exception>
    public static FileStream Create(string path, UnixFileMode mode, FileMode open = FileMode.CreateNew)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        var isNew = !File.Exists(path);
        var file = new FileStream(path, new FileStreamOptions { Mode = open, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = mode });
        if (isNew) AsFolder(path);
        return file;
    }

    public static void CreateFolder(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent)) CreateFolder(parent, mode);
        Directory.CreateDirectory(path, mode);
        AsFolder(path);
    }

    /// <summary>Gives a file to these. Does nothing for anybody but root.</summary>
    public void Own(string path)
    {
        if (Environment.IsPrivilegedProcess && LChown(path, User, GroupId) != 0) throw new IOException($"cannot give {path} to user {User}");
    }

    /// <summary>Gives a file the mode.</summary>
    public void Allow(string path)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        File.SetUnixFileMode(path, Mode);
    }

    /// <summary>A second name for the same file.</summary>
    /// <returns>False where the file system has no such thing, or the names are on different ones.</returns>
    public static bool TryLink(string path, string name) => Link(path, name) == 0;

    private static void AsFolder(string path)
    {
        if (Path.GetDirectoryName(path) is { } folder) Of(folder)?.Own(path);
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] facts);

    [DllImport("libc", EntryPoint = "lchown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LChown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}

using System.Globalization;
using System.Runtime.InteropServices;

#pragma warning disable CA1416 // For Linux alone, as everything that setup does.

namespace OptFm.Server.Setup;

/// <summary>Puts files of the system in place: whole or not at all, never readable by more than shall read them, the version before kept.</summary>
internal static class PlacedFile
{
    public const UnixFileMode Public = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>Belongs to root and to the group; a link is followed, so that the file it leads to is replaced and not the link.</summary>
    /// <param name="group">Number of the group, 0 for root's.</param>
    /// <exception cref="IOException">The disk is full or read-only; the file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, uint group = 0)
    {
        if (File.Exists(path)) path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // No name that a server would read as one of its files.
        var fresh = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");
        File.Delete(fresh);
        try
        {
            using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            Own(fresh, 0, group);
            File.SetUnixFileMode(fresh, mode);
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Keeps the present version beside it.</summary>
    /// <returns>Its path, or null where there is no present version.</returns>
    public static string? KeepPrevious(string path, TimeProvider clock, uint group = 0)
    {
        if (!File.Exists(path)) return null;

        var kept = $"{path}.before-{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        Write(kept, File.ReadAllBytes(path), File.GetUnixFileMode(path) & Private, group);
        return kept;
    }

    public static UnixFileMode ModeOf(string path) => File.GetUnixFileMode(path);

    /// <summary>Makes a folder, and those above it, that none but its owner enters.</summary>
    public static void MakeFolder(string path, uint user, uint group)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Own(path, user, group);
    }

    /// <summary>Changes the owner; an ordinary user, who may not, stays the owner.</summary>
    public static void Own(string path, uint user, uint group)
    {
        if (Environment.IsPrivilegedProcess && Chown(path, user, group) != 0)
            throw new IOException($"the owner of {path} could not be changed");
    }

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}

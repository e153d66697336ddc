using System.Runtime.InteropServices;

namespace OptFm.Server.Backups;

/// <summary>Waits until something is on the disk, so that a power cut cannot take it back.</summary>
internal static class Durable
{
    public static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>A rename is durable once its folder is. Some file systems do not know this call; then the rename stands as it is.</summary>
    public static void FlushFolder(string folder)
    {
        var handle = Open(folder, 0);
        if (handle < 0) return;
        _ = FSync(handle);
        _ = Close(handle);
    }

    /// <summary>Puts a file, once it is on the disk, in the place of another: whoever looks sees the old one or the new one.</summary>
    public static void Replace(string beside, string target)
    {
        Flush(beside);
        File.Move(beside, target, overwrite: true);
        FlushFolder(Path.GetDirectoryName(target) ?? "/");
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}

using System.Runtime.InteropServices;

namespace OptFm.Server.Updates;

/// <summary>Second names for installed files, which outlive their replacing; copies where the folder is on another disk.</summary>
/// <remarks>Not <c>cp -al --parents</c>: coreutils 9.1 forgets to open the folders it makes.</remarks>
internal static class FileCopies
{
    /// <param name="files">Full paths; they are found below <paramref name="folder"/> by the same paths.</param>
    public static void Take(IEnumerable<string> files, string folder)
    {
        foreach (var file in files)
        {
            MakeFolders(folder, Path.GetDirectoryName(file)!);
            // dpkg and install.sh put new files in the place of old ones and never write into them, so a second name is as good as a copy.
            if (Link(file, folder + file) != 0) File.Copy(file, folder + file, overwrite: true);
        }
    }

    private static void MakeFolders(string root, string path)
    {
        if (Directory.Exists(root + path)) return;

        if (Path.GetDirectoryName(path) is { } parent) MakeFolders(root, parent);
        UpdateFolder.CreateReadable(root + path);
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}

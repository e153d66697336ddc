using System.Runtime.InteropServices;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Settings;

/// <summary>Tells before the start what would fail after it: files that are not there, folders that cannot be written.</summary>
internal static class FileChecks
{
    private const int Writable = 2;
    private const int Searchable = 1;

    /// <summary>A file that must be there if it is named. Absolute; empty when it is not named.</summary>
    public static string ReadableFile(this SettingsReader settings, Setting setting)
    {
        if (!settings.IsSet(setting)) return "";

        var path = Full(settings, setting);
        if (Directory.Exists(path)) settings.Fail(setting, $"names '{path}', which is a folder, not a file", $"указывает на '{path}', а это папка, а не файл");
        else if (!File.Exists(path)) settings.Fail(setting, $"names '{path}', which is not there", $"указывает на '{path}', а такого файла нет");
        return path;
    }

    /// <summary>A file that must be there if it is named, unless the database may hold what was in it.</summary>
    public static string ContentFile(this SettingsReader settings, Setting setting)
    {
        if (!PostgresUrl.Is(settings.Text(StorageOptions.DatabaseUrl))) return settings.ReadableFile(setting);

        var path = Full(settings, setting);
        return !File.Exists(path) && !Directory.Exists(path) ? path : settings.ReadableFile(setting);
    }

    /// <summary>A file that the server will write, making its folder. Absolute; empty when it is not named.</summary>
    public static string WritableFile(this SettingsReader settings, Setting setting)
    {
        if (settings.Text(setting).Length == 0) return "";

        var path = Full(settings, setting);
        if (Directory.Exists(path)) settings.Fail(setting, $"names '{path}', which is a folder, not a file", $"указывает на '{path}', а это папка, а не файл");
        else if (File.Exists(path) && !May(path, Writable)) settings.Fail(setting, $"names '{path}', which this user may not write", $"указывает на '{path}', а писать туда этому пользователю нельзя");
        else if (!File.Exists(path)) settings.CheckFolder(setting, Path.GetDirectoryName(path) ?? "/");
        return path;
    }

    public static void CheckFolder(this SettingsReader settings, Setting setting, string folder)
    {
        var existing = folder;
        while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } parent) existing = parent;

        if (File.Exists(existing))
            settings.Fail(setting, $"needs the folder '{folder}', but '{existing}' is a file", $"требует папки '{folder}', а '{existing}' — это файл");
        else if (!May(existing, Writable | Searchable))
            settings.Fail(setting, $"needs the folder '{folder}', but this user may not write in '{existing}'", $"требует папки '{folder}', а писать в '{existing}' этому пользователю нельзя");
    }

    private static string Full(SettingsReader settings, Setting setting)
    {
        var text = settings.Text(setting);
        if (!text.Contains('\0')) return Path.GetFullPath(text);

        settings.Fail(setting, "holds a zero character", "содержит нулевой символ");
        return Path.GetFullPath(setting.Default.Length == 0 ? "." : setting.Default);
    }

    private static bool May(string path, int mode) => Access(path, mode) == 0;

    // The one question that also knows of ACLs, read-only mounts and root: access(2).
    [DllImport("libc", EntryPoint = "access")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}

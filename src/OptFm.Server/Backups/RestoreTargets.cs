using System.Collections;
using OptFm.Server.Settings;

namespace OptFm.Server.Backups;

/// <summary>
/// Where the files of a backup go. The places come from the settings, the backup's own if they are restored too; never from its manifest.
/// And only folders that are the bot's already are written to, unless the administrator names others: whoever can plant a file among the
/// backups must not thereby write in root's name wherever he likes.
/// </summary>
internal sealed class RestoreTargets
{
    private readonly List<string> _roots;
    private readonly HashSet<string> _known;
    private readonly LoadedSettings _loaded;

    /// <param name="loaded">The settings in force before; they may be broken.</param>
    /// <param name="alsoTo">More folders that may be written to.</param>
    public RestoreTargets(LoadedSettings loaded, IEnumerable<string> alsoTo)
    {
        _loaded = loaded;
        var settingsFile = BackupSources.SettingsFile(loaded.Source);
        _roots = [loaded.Settings.Backup.DataFolder, Path.GetDirectoryName(settingsFile) ?? "/", .. alsoTo.Select(Path.GetFullPath)];
        _known = [.. BackupSources.Of(loaded.Settings, settingsFile).Select(file => file.Path), loaded.Settings.Storage.DatabaseFile];
    }

    /// <param name="backup">Unpacked.</param>
    /// <param name="dataOnly">Whether the settings stay as they are.</param>
    /// <exception cref="BackupException">A place is not the bot's, or the backup's settings are broken.</exception>
    public RestorePlaces Of(CheckedBackup backup, bool dataOnly)
    {
        var hasSettings = backup.Manifest.Files.Any(file => file.Name == BackupSources.Settings);
        var settings = hasSettings && !dataOnly ? Restored(Path.Combine(backup.Folder, BackupSources.Settings)) : _loaded;
        var places = BackupSources.Of(settings.Settings, BackupSources.SettingsFile(_loaded.Source)).ToDictionary(file => file.Name, file => file.Path, StringComparer.Ordinal);
        // nginx runs as root and serves other sites, too: its configuration is compared and copied by hand, or written anew by `optfm setup`.
        places.Remove(BackupSources.NginxSite);
        if (dataOnly) places.Remove(BackupSources.Settings);
        if (!backup.Manifest.IsDump) places[Manifest.Database] = settings.Settings.Storage.DatabaseFile;

        var targets = backup.Manifest.Files.Where(file => places.ContainsKey(file.Name)).Select(file => (file.Name, Path: places[file.Name])).ToList();
        if (targets.Find(target => !IsOurs(target.Path)) is { Path: { } strange }) throw NotOurs(strange);
        return new(
            targets,
            [.. backup.Manifest.Files.Select(file => file.Name).Where(name => name != Manifest.Dump && !places.ContainsKey(name))],
            settings);
    }

    private bool IsOurs(string path) => _known.Contains(path) || _roots.Exists(root => IsWithin(path, root));

    public static bool IsWithin(string path, string root)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (folder == root) return true;
            // A link on the way may lead anywhere.
            if (new DirectoryInfo(folder).LinkTarget is not null) return false;
        }

        return false;
    }

    private static LoadedSettings Restored(string file)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables()) environment[(string)entry.Key] = (string?)entry.Value ?? "";
        environment[ServerSettings.File.Name] = file;
        var source = SettingsSource.Load(environment, Directory.GetCurrentDirectory());
        if (source.Problems.Count == 0) return LoadedSettings.From(source);

        throw new BackupException(
            "The settings in the backup cannot be understood. To restore the data and leave the settings alone, add --data-only.",
            "Настройки в копии не разобрать. Чтобы восстановить данные, не трогая настройки, добавьте --data-only.");
    }

    private static BackupException NotOurs(string path) => new(
        $"By the settings in the backup {path} would be written, outside the bot's folders. If that is right, add: --also-to {Path.GetDirectoryName(path)}",
        $"По настройкам из копии надо записать {path}, а это вне папок бота. Если так и нужно, добавьте: --also-to {Path.GetDirectoryName(path)}");
}

/// <param name="Targets">Names in the backup and absolute paths.</param>
/// <param name="Skipped">Names of files that have no place here.</param>
/// <param name="Settings">As they will be.</param>
internal sealed record RestorePlaces(IReadOnlyList<(string Name, string Path)> Targets, IReadOnlyList<string> Skipped, LoadedSettings Settings)
{
    /// <summary>For people: the database on a server, and the files.</summary>
    public IEnumerable<string> Restored(Manifest manifest) =>
        (manifest.IsDump && Settings.Settings.Storage.Postgres is { } server ? (string[])[server.Place] : []).Concat(Targets.Select(target => target.Path));
}

using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>All that can be done before anything is changed: checks, the copy of the installed program, the backup.</summary>
/// <param name="database">The database's file; for the room that its copies need.</param>
internal sealed partial class UpdatePreparation(UpdateOptions options, PackageKind installed, string database, UpdateLog log, TimeProvider clock)
{
    private const long Reserve = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BackupPatience = TimeSpan.FromHours(1);

    private readonly IInstallation _installation = Installation.Of(installed, clock);
    private readonly string _copy = Path.Combine(UpdateFolder.Package, Path.GetFileName(options.File));

    /// <returns>Null where that version is installed already.</returns>
    /// <exception cref="UpdateException">The update is refused, and nothing was changed.</exception>
    public async Task<UpdateJournal?> RunAsync(CancellationToken stop)
    {
        CheckFile();
        var state = await ServiceControl.LookAsync(stop);
        if (state.Active == "inactive") throw Stopped();

        var version = await _installation.VersionAsync(stop);
        log.Say($"Installed: optfm {version}. Checking {options.File}", $"Установлена optfm {version}. Проверяю {options.File}");
        var package = await OpenAsync(stop);
        if (!IsNewer(package, version)) return null;

        (await _installation.LockAsync(TimeSpan.Zero, stop)).Dispose();
        await _installation.CheckAsync(_copy, stop);
        await CheckSettingsAsync(package, state, stop);
        await _installation.KeepAsync(package, stop);
        return new()
        {
            Step = UpdateStep.Prepared,
            Kind = installed,
            From = version,
            To = package.Version,
            Package = _copy,
            Backup = await BackUpAsync(stop),
            WasWell = state.Active == "active" && await ServiceControl.IsWellAsync(stop),
            Russian = log.Russian,
            WaitSeconds = (int)options.Wait.TotalSeconds,
            SettleSeconds = (int)options.Settle.TotalSeconds,
        };
    }

    private void CheckFile()
    {
        if (options.Kind != installed)
        {
            throw installed == PackageKind.Debian
                ? new UpdateException("optfm is installed as a Debian package: update it by a .deb.", "optfm установлен пакетом Debian: обновляйте его файлом .deb.")
                : new UpdateException("optfm is installed by install.sh: update it by a .tar.xz.", "optfm установлен через install.sh: обновляйте его файлом .tar.xz.");
        }

        var file = new FileInfo(options.File);
        if (!file.Exists) throw new UpdateException($"{options.File} is not there.", $"Файла {options.File} нет.");
        CheckRoom(file.Length);
    }

    /// <summary>As if all were on one disk: the package and what it unpacks to, twice; the kept program; the database thrice and its backup.</summary>
    private void CheckRoom(long package)
    {
        var bytes = File.Exists(database) ? new FileInfo(database).Length : 0;
        var program = new DirectoryInfo("/usr/lib/optfm").EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        var needed = (3 * package) + (4 * program) + (4 * bytes) + Reserve;
        foreach (var folder in (string[])["/usr", "/var/lib", Path.GetDirectoryName(database)!])
        {
            if (!Directory.Exists(folder) || new DriveInfo(folder).AvailableFreeSpace >= needed) continue;
            throw new UpdateException(
                $"There is too little room on the disk of {folder}: {needed >> 20} MB are needed. Look at: df -h {folder}",
                $"На диске с {folder} мало места: нужно {needed >> 20} МБ. Посмотрите: df -h {folder}");
        }
    }

    private static UpdateException Stopped() => new(
        "The service is stopped, so nobody could tell whether the new version works. First: sudo systemctl start optfm",
        "Служба остановлена, и нельзя будет понять, работает ли новая версия. Сначала: sudo systemctl start optfm");

    private async Task<NewPackage> OpenAsync(CancellationToken stop)
    {
        UpdateFolder.Clear();
        UpdateFolder.Create();
        File.Copy(options.File, _copy);
        if (options.Unchecked) log.Say("Not checked, as you wish: whoever made this file will have the rights of root.", "Без проверки, как вы просили: автор этого файла получит права root.");
        else await new Authenticity(options.File, _copy).CheckAsync(options.Sha256, stop);

        var package = await _installation.OpenAsync(_copy, stop);
        var own = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        if (package.Architecture == own) return package;
        throw new UpdateException($"The package is for {package.Architecture}, and this machine is {own}.", $"Пакет для {package.Architecture}, а эта машина — {own}.");
    }

    private bool IsNewer(NewPackage package, string version)
    {
        var order = ReleaseVersion.Compare(package.Version, version);
        if (order > 0) return true;
        if (order < 0)
        {
            throw new UpdateException(
                $"optfm {package.Version} is older than {version}: it could not read the newer database. To go back, restore a backup made with it.",
                $"optfm {package.Version} старше, чем {version}: она не прочтёт более новую базу. Чтобы вернуться, восстановите сделанную в ней копию.");
        }

        log.Say($"optfm {version} is installed already: nothing to do.", $"optfm {version} уже установлена: делать нечего.");
        return false;
    }

    /// <summary>A version that cannot read the settings would not start: better known before.</summary>
    private async Task CheckSettingsAsync(NewPackage package, ServiceState state, CancellationToken stop)
    {
        var tried = await ServiceControl.AsServiceAsync(package.Program, Patience, stop, "config");
        if (tried.Succeeded) return;

        var now = await ServiceControl.AsServiceAsync("/usr/bin/optfm", Patience, stop, "config");
        if (!now.Succeeded && state.Active == "active")
        {
            // Settings that only the service sees, such as credentials, are not seen from here.
            log.Say("The settings cannot be checked outside the service; going on.", "Вне службы настройки проверить нельзя; продолжаю.");
            return;
        }

        log.Quote(Problems(tried.Output));
        throw now.Succeeded
            ? new UpdateException("The new version does not accept the present settings.", "Новая версия не принимает нынешние настройки.")
            : new UpdateException("The settings cannot be used, by the installed version either: sudo optfm config", "Настройки не годятся и для установленной версии: sudo optfm config");
    }

    /// <summary>What comes after the list of settings.</summary>
    private static string Problems(string output)
    {
        var lines = output.Split('\n').Select(line => line.TrimEnd()).ToList();
        var blank = lines.IndexOf("");
        return string.Join('\n', lines.Skip(Math.Max(blank, 0)).TakeLast(20));
    }

    private async Task<string> BackUpAsync(CancellationToken stop)
    {
        log.Say("Backing up", "Делаю резервную копию");
        var made = await ServiceControl.AsServiceAsync("/usr/bin/optfm", BackupPatience, stop, "backup");
        if (made.Succeeded && BackupIn(made.Output) is { } file) return file;

        log.Quote(made.Output);
        throw new UpdateException("There is no backup, so nothing is updated.", "Резервная копия не сделана, поэтому обновления не будет.");
    }

    /// <summary>The file that <c>optfm backup</c> names, among other words.</summary>
    private static string? BackupIn(string output) => BackupPath().Matches(output).Select(match => match.Value).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"/[^\n]+\.tar\.gz(\.age|\.gpg)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BackupPath();
}

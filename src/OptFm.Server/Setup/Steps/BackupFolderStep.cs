using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>The folder that the service's user writes backups to, and nobody else reads; where it is no usual one, systemd is told.</summary>
internal sealed class BackupFolderStep : ISetupStep
{
    private const string Usual = "/var/backups/optfm";
    private const string Unit = "/etc/systemd/system/optfm-backup.service.d/setup.conf";

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        var (folder, machine) = (Folder(setup), setup.Machine);
        if (Directory.Exists(machine.PathOf(folder)) && HasUnit(setup)) return Task.FromResult<Words?>(null);
        return Task.FromResult<Words?>(new($"Make the folder for backups: {folder}", $"Создать папку для резервных копий: {folder}"));
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        var (folder, machine) = (setup.Machine.PathOf(Folder(setup)), setup.Machine);
        if (Accounts.User(machine) is not { } user || Accounts.Group(machine) is not { } group)
            return StepOutcome.Failed("There is no user optfm: install the package first", "Нет пользователя optfm: сначала установите пакет");

        // One that is there belongs to somebody, who gave it the rights that it has.
        if (!Directory.Exists(folder)) PlacedFile.MakeFolder(folder, user, group);

        if (!HasUnit(setup))
        {
            PlacedFile.Write(machine.PathOf(Unit), Content(setup), PlacedFile.Public);
            if (machine.HasSystemd) await machine.SystemctlAsync(["daemon-reload"], stop);
        }

        return StepOutcome.Done($"{folder} is there", $"папка {folder} есть");
    }

    private static string Folder(SetupContext setup) => setup.Choices.Settings[Questions.BackupFolder.Key];

    private static bool HasUnit(SetupContext setup)
    {
        if (Folder(setup) == Usual) return true;

        var file = setup.Machine.PathOf(Unit);
        return File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(Content(setup));
    }

    /// <summary>The unit may write to its own folders alone; blanks and percent signs as systemd wants them.</summary>
    private static byte[] Content(SetupContext setup)
    {
        var folder = Folder(setup).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("%", "%%");
        return System.Text.Encoding.UTF8.GetBytes($"# Written by optfm setup: BACKUP_DIR.\n[Service]\nReadWritePaths=\"{folder}\"\n");
    }
}

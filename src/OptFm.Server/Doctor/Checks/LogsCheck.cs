namespace OptFm.Server.Doctor.Checks;

/// <summary>The logs: written by the service, rotated, not eating the disk.</summary>
internal sealed class LogsCheck : ICheck
{
    private const long Large = 300L * 1024 * 1024;

    private static readonly Diagnosis Size = new(
        "log-size", Area.Machine,
        ("size of the logs", "размер журналов"),
        ("A log that nobody rotates fills the disk.", "Журнал, который не ротируется, заполнит диск."),
        "sudo logrotate -f /etc/logrotate.d/optfm");

    private static readonly Diagnosis Rotation = new(
        "logrotate", Area.Machine,
        ("rotation of the logs", "ротация журналов"),
        ("A log that nobody rotates fills the disk.", "Журнал, который не ротируется, заполнит диск."),
        "sudo apt install logrotate && sudo apt install --reinstall optfm");

    private static readonly Diagnosis Writable = new(
        "log-writable", Area.Machine,
        ("the service may write its logs", "служба может писать журналы"),
        ("The service does not start where it may not write its log.", "Служба не запускается, если не может писать журнал."),
        "sudo chown -R optfm:optfm /var/log/optfm");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Rotation, Size, Writable];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var log = context.Settings.Log;
        var files = ((string[])[log.Path, log.ApiPath, log.MaxPath]).Where(path => path.Length > 0).ToList();
        if (files.Count == 0) return [];

        var findings = files.Where(File.Exists).Select(file => new FileInfo(file)).Where(file => file.Length > Large).Select(TooLarge).ToList();
        if (findings.Count == 0) findings.Add(Size.Ok());
        if (!context.Installed) return findings;

        findings.Add(context.HasProgram("logrotate") && File.Exists(context.PathOf("/etc/logrotate.d/optfm"))
            ? Rotation.Ok()
            : Rotation.Warning(("nothing rotates the logs: logrotate or /etc/logrotate.d/optfm is missing", "журналы не ротируются: нет logrotate или /etc/logrotate.d/optfm")));
        findings.Add(await WritableAsync(files, context, stop));
        return findings;
    }

    private static Finding TooLarge(FileInfo file) =>
        Size.Warning(($"{file.FullName} has grown to {file.Length / 1024 / 1024} MB", $"{file.FullName} вырос до {file.Length / 1024 / 1024} МБ"));

    private static async Task<Finding> WritableAsync(List<string> files, DoctorContext context, CancellationToken stop)
    {
        foreach (var path in files.Select(file => File.Exists(file) ? file : Path.GetDirectoryName(file)!).Distinct())
        {
            if (await ServiceAccess.IsWritableAsync(context, path, stop) == false)
                return Writable.Failure(($"the service (user {context.ServiceUser}) may not write {path}", $"служба (пользователь {context.ServiceUser}) не может писать в {path}"), $"sudo chown {context.ServiceUser}:{context.ServiceUser} {path}");
        }

        return Writable.Ok();
    }
}

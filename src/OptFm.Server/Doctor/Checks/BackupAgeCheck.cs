using OptFm.Server.Backups;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Whether the last backup is recent and did not fail, and whether its file is still there.</summary>
internal sealed class BackupAgeCheck : ICheck
{
    private static readonly Diagnosis Backup = new(
        "backup", Area.Machine,
        ("the last backup", "последняя резервная копия"),
        ("Without a recent copy a broken disk takes settings and customers' messages with it.", "Без свежей копии сломанный диск унесёт настройки и сообщения покупателей."),
        "sudo optfm backup && sudo systemctl enable --now optfm-backup.timer");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Backup];

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop) => Task.FromResult<IReadOnlyList<Finding>>(Find(context));

    private static List<Finding> Find(DoctorContext context)
    {
        var journal = BackupJournal.Read(context.Settings.Backup.DataFolder);
        var now = context.Clock.GetUtcNow();
        var condition = journal.Condition(now);
        // A copy of the source on a developer's machine is no installation that needs backups.
        if (condition == BackupCondition.Never && !context.Installed) return [];

        return condition switch
        {
            BackupCondition.Never => [Backup.Warning(("there is no backup yet", "резервных копий ещё нет"))],
            BackupCondition.Failed => [Failed(journal.LastFailure!)],
            BackupCondition.Old => [Old(now - journal.LastSuccess!.Time)],
            _ => [Kept(journal.LastSuccess!)],
        };
    }

    private static Finding Failed(BackupFailure failure)
    {
        var problem = failure.Problem.ReplaceLineEndings(" ");
        return Backup.Failure(
            ($"the last backup failed on {failure.Time.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {problem}", $"последняя копия ({failure.Time.UtcDateTime:dd.MM.yyyy HH:mm} UTC) не удалась: {problem}"),
            "sudo optfm backup; sudo journalctl -u optfm-backup -n 50");
    }

    private static Finding Old(TimeSpan age) =>
        Backup.Warning(($"the last backup is {age.TotalHours:0} hours old", $"последней копии {age.TotalHours:0} ч"));

    private static Finding Kept(BackupSuccess success) => File.Exists(success.File)
        ? Backup.Ok()
        : Backup.Warning(($"the last backup, {success.File}, is no longer there", $"последней копии {success.File} больше нет на месте"), "sudo optfm backup");
}

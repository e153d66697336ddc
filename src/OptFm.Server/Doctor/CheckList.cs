using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Doctor;

/// <summary>THE list of checks. The checks of a stage run at once; the disk is measured before others use it.</summary>
public static class CheckList
{
    public static IReadOnlyList<IReadOnlyList<ICheck>> Stages { get; } =
    [
        [new DiskCheck(), new InternetCheck()],
        [
            new SettingsCheck(),
            new SettingsFileCheck(),
            new AnswerFilesCheck(),
            new SharedContentCheck(),
            new DatabaseCheck(),
            new PostgresCheck(),
            new ServiceCheck(),
            new ServerCheck(),
            new MaxCheck(),
            new MaxCertificatesCheck(),
            new TelegramCheck(),
            new WatchCheck(),
            new WebhookCheck(),
            new NginxCheck(),
            new ClockCheck(),
            new MemoryCheck(),
            new BackupAgeCheck(),
            new ProtectionCheck(),
            new LogsCheck(),
        ],
    ];

    /// <summary>Everything that can be found, by area, in the order of the output.</summary>
    public static IReadOnlyList<Diagnosis> Diagnoses { get; } =
        [.. Stages.SelectMany(stage => stage).SelectMany(check => check.Diagnoses).Append(Examination.Itself).OrderBy(diagnosis => diagnosis.Area)];
}

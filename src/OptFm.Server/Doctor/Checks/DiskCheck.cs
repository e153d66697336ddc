using System.Diagnostics;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>The disk under the database: takes writes, has room, is quick enough. Alone in its stage: other checks would slow it.</summary>
internal sealed class DiskCheck : ICheck
{
    private const int NoSpace = 28;
    private const int ReadOnlyDisk = 30;
    private const long Mebibyte = 1024 * 1024;
    private const long TooLittle = 100;
    private const long Little = 500;
    private const int Probes = 5;

    /// <summary>Each batch of updates waits for the disk once before it is acknowledged; at this a burst of a hundred a second piles up.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    private static readonly Diagnosis Writable = new(
        "disk-writable", Area.Storage,
        ("the disk takes writes", "диск принимает запись"),
        ("The bot stores every message before it acknowledges it; unable to, it refuses them all.", "Бот сохраняет каждое сообщение до подтверждения; если не может — отказывается от всех."),
        "df -h /var/lib/optfm; findmnt -T /var/lib/optfm; sudo journalctl --vacuum-size=100M");

    private static readonly Diagnosis Space = new(
        "disk-space", Area.Storage,
        ("free space", "свободное место"),
        ("On a full disk no message is accepted and no backup made.", "На полном диске не принять сообщение и не сделать копию."),
        "sudo apt-get clean; sudo journalctl --vacuum-size=100M; sudo du -xh / | sort -h | tail -n 20");

    private static readonly Diagnosis Speed = new(
        "disk-speed", Area.Storage,
        ("speed of the disk", "скорость диска"),
        ("The messenger waits while a message is written; a slow disk makes everybody wait.", "Мессенджер ждёт, пока сообщение запишется; на медленном диске ждут все."),
        "sudo iotop -o; ask the hoster for a machine with an SSD");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Writable, Space, Speed];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var folder = context.DataFolder;
        if (!Directory.Exists(folder))
            return [context.Installed ? Writable.Failure(($"{folder} is not there", $"папки {folder} нет"), $"sudo install -d -m 0750 -o {context.ServiceUser} -g {context.ServiceUser} {folder}") : Writable.Unchecked(($"{folder} is made at the first start", $"папка {folder} появится при первом запуске"))];
        if (await ServiceAccess.IsWritableAsync(context, folder, stop) == false && !IsReadOnlyMount(folder))
            return [Writable.Failure(($"the service (user {context.ServiceUser}) may not write in {folder}", $"служба (пользователь {context.ServiceUser}) не может писать в {folder}"), $"sudo chown -R {context.ServiceUser}:{context.ServiceUser} {folder}"), JudgeSpace(FreeMebibytes(folder), folder)];

        var findings = Probe(folder);
        // Messages wait for PostgreSQL's disk, not for this one.
        return context.Settings.Storage.Postgres is null ? findings : [.. findings.Where(finding => finding.Diagnosis != Speed)];
    }

    internal static Finding JudgeSpeed(TimeSpan median)
    {
        var milliseconds = median.TotalMilliseconds;
        return median < Slow
            ? Speed.Ok(($"a write is on disk in {milliseconds:0.0} ms", $"запись попадает на диск за {milliseconds:0.0} мс"))
            : Speed.Warning(($"a write takes {milliseconds:0} ms to be on disk: some {1000 / milliseconds:0} batches of messages a second", $"запись попадает на диск за {milliseconds:0} мс: около {1000 / milliseconds:0} порций сообщений в секунду"));
    }

    internal static Finding JudgeSpace(long mebibytes, string folder)
    {
        Words what = ($"{mebibytes} MB are free for {folder}", $"для {folder} свободно {mebibytes} МБ");
        if (mebibytes >= Little) return Space.Ok(what);
        return mebibytes < TooLittle ? Space.Failure(what) : Space.Warning(what);
    }

    private static bool IsReadOnlyMount(string folder) => Probe(folder) is [{ Level: FindingLevel.Failure }, ..];

    private static IReadOnlyList<Finding> Probe(string folder)
    {
        try
        {
            var median = Measure(folder);
            return [Writable.Ok(), JudgeSpace(FreeMebibytes(folder), folder), JudgeSpeed(median)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Writable.Failure(Words(e, folder), $"df -h {folder}; findmnt -T {folder}; sudo journalctl --vacuum-size=100M")];
        }
    }

    private static Words Words(Exception e, string folder) => e switch
    {
        IOException { HResult: NoSpace } => ($"the disk of {folder} is full", $"диск с {folder} заполнен"),
        IOException { HResult: ReadOnlyDisk } => ($"the disk of {folder} is read-only", $"диск с {folder} только для чтения"),
        UnauthorizedAccessException => ($"this user may not write in {folder}", $"этот пользователь не может писать в {folder}"),
        _ => ($"{folder} cannot be written to", $"в {folder} нельзя писать"),
    };

    /// <summary>A megabyte first: a disk that is full to the last page still takes a byte.</summary>
    private static TimeSpan Measure(string folder)
    {
        using var probe = new FileStream(Path.Combine(folder, $".doctor-{Environment.ProcessId}"), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        });
        probe.Write(new byte[Mebibyte]);
        probe.Flush(flushToDisk: true);
        var page = new byte[4096];
        var times = new List<TimeSpan>();
        for (var i = 0; i < Probes; i++)
        {
            var start = Stopwatch.GetTimestamp();
            probe.Write(page);
            probe.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return times.Order().ElementAt(Probes / 2);
    }

    private static long FreeMebibytes(string folder) => new DriveInfo(folder).AvailableFreeSpace / Mebibyte;
}

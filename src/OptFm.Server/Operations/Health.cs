using System.Reflection;
using System.Text.Json.Nodes;
using OptFm.Server.Backups;
using OptFm.Server.Nodes;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Operations;

/// <summary>Judges the server's condition. Unhealthy means that it cannot do its own job: a watchdog should restart it.</summary>
/// <remarks>A messenger's outage is not ours: it shows as <c>degraded</c> with 200, lest a watchdog restart us for it.</remarks>
public sealed class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    private readonly HealthReport _report;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly SharedProbe<Probed> _probe;

    public Health(HealthReport report, TimeProvider time)
    {
        _report = report;
        _time = time;
        _started = time.GetTimestamp();
        _probe = new SharedProbe<Probed>(AskDiskAsync, Patience, time);
    }

    /// <summary>This program's version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Health).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Answers within about two seconds, whatever the database does.</summary>
    public async Task<HealthState> CheckAsync()
    {
        var (writable, ages, backups) = await _probe.AskAsync() ?? new(false, null, null);
        var running = _report.WorkersRunning();
        var components = new JsonObject
        {
            ["database"] = Component(writable ? "ok" : "down"),
            ["queue"] = Queue(running, ages),
            ["faq"] = Faq(_report.FaqEntries()),
            ["backup"] = Backup(backups),
        };
        if (_report.Node.Id != 0) components["nodes"] = Nodes(_report.Node);
        foreach (var channel in _report.Channels()) components[channel.Name] = Channel(channel);

        var healthy = writable && running;
        return new(healthy, new JsonObject
        {
            ["status"] = healthy ? "healthy" : "unhealthy",
            ["version"] = Version,
            ["uptime_seconds"] = (long)_time.GetElapsedTime(_started).TotalSeconds,
            ["components"] = components,
            ["warnings"] = WatchStatus.Health(_report.Warnings()),
        });
    }

    private async Task<Probed?> AskDiskAsync()
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        var ages = await _report.DatabaseWritable(patience.Token) ? await _report.Queue(patience.Token) : null;
        return new(ages is not null, ages, _report.Backups());
    }

    private static JsonObject Component(string status) => new() { ["status"] = status };

    private static JsonObject Queue(bool running, QueueAges? ages)
    {
        if (ages is null) return Component(running ? "unknown" : "down");

        var slow = ages.OldestPending > LongWait || ages.OldestDue > LongWait;
        var queue = Component(!running ? "down" : slow ? "degraded" : "ok");
        queue["oldest_pending_seconds"] = Seconds(ages.OldestPending);
        queue["oldest_due_seconds"] = Seconds(ages.OldestDue);
        return queue;
    }

    /// <summary>Shown where servers share a database.</summary>
    private static JsonObject Nodes(Node node)
    {
        var nodes = Component(node.IsSure ? "ok" : "degraded");
        nodes["id"] = node.Id;
        nodes["living"] = node.Living;
        return nodes;
    }

    private static JsonObject Faq(int entries)
    {
        var faq = Component(entries > 0 ? "ok" : "degraded");
        faq["entries"] = entries;
        return faq;
    }

    /// <summary>A failed backup is the administrator's trouble, not the customers': it never makes the server unhealthy.</summary>
    private JsonObject Backup(BackupJournal? journal)
    {
        if (journal is null) return Component("unknown");

        var state = Component(journal.Condition(_time.GetUtcNow()) switch
        {
            BackupCondition.Never => "off",
            BackupCondition.Fresh => "ok",
            _ => "degraded",
        });
        if (journal.LastSuccess is { } success) state["last_success"] = Time(success.Time);
        if (journal.LastFailed) state["last_failure"] = Time(journal.LastFailure!.Time);
        return state;
    }

    private static JsonObject Channel(ChannelHealth channel)
    {
        if (!channel.Enabled) return Component("off");

        var state = Component(channel.LastError is null ? "ok" : "degraded");
        state["last_contact"] = channel.LastContact is { } contact ? Time(contact) : null;
        if (channel.LastError is { } error) state["last_error"] = IsCode(error) ? error : "error";
        return state;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");

    private static bool IsCode(string error) => error.Length is > 0 and <= 24 && error.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static long? Seconds(TimeSpan? age) => age is { } known ? (long)known.TotalSeconds : null;

    /// <param name="Backups">Null while the disk does not answer.</param>
    private sealed record Probed(bool Writable, QueueAges? Ages, BackupJournal? Backups);
}

/// <param name="Body">Fit for anybody's eyes: no paths, no addresses, nobody's words.</param>
public sealed record HealthState(bool Healthy, JsonObject Body);

using System.Globalization;
using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <param name="Active">systemd's ActiveState: active, activating, inactive, failed…</param>
/// <param name="Restarts">How often systemd has started it again by itself since somebody started it.</param>
internal sealed record ServiceState(string Active, int MainPid, int Restarts)
{
    /// <summary>Reads what <c>systemctl show</c> prints, a property per line.</summary>
    public static ServiceState Parse(string shown)
    {
        var values = shown.Split('\n').Select(line => line.Trim().Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        return new(values["ActiveState"].FirstOrDefault() ?? "unknown", Number(values["MainPID"]), Number(values["NRestarts"]));
    }

    private static int Number(IEnumerable<string> values) =>
        int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>The bot as a service of systemd, and whoever would start it behind an update's back.</summary>
internal static class ServiceControl
{
    /// <summary>As in optfm.service and in the package's scripts.</summary>
    public const string User = "optfm";

    private const string Service = "optfm.service";

    /// <summary>A start takes up to two minutes, a stop fifteen seconds; the service's unit says so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(60);

    public static bool SystemdRuns => Directory.Exists("/run/systemd/system");

    private static Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal) { ["OPTFM_ENV_FILE"] = "/etc/optfm/optfm.env" };

    public static async Task<ServiceState> LookAsync(CancellationToken stop) =>
        ServiceState.Parse((await SystemctlAsync(stop, "show", "--property=ActiveState,MainPID,NRestarts", Service)).Output);

    /// <summary>Stops the bot, and the watcher that would start it again.</summary>
    /// <exception cref="UpdateException">It does not stop.</exception>
    public static async Task StopAsync()
    {
        await SystemctlAsync(CancellationToken.None, "stop", "optfm-health.timer", "optfm-health.service", "optfm-revive.service");
        var stopped = await SystemctlAsync(CancellationToken.None, "stop", Service);
        if (stopped.Succeeded) return;

        throw new UpdateException($"The service does not stop: {stopped.Output}", $"Служба не останавливается: {stopped.Output}");
    }

    /// <summary>Starts it as if never started before, and waits until it is ready or has failed, but no longer than <paramref name="within"/>.</summary>
    public static async Task StartAsync(TimeSpan within, CancellationToken stop)
    {
        await SystemctlAsync(stop, "reset-failed", Service);
        await ExternalProgram.RunAsync("systemctl", ["start", Service], within, stop);
    }

    /// <summary>Starts the package's timers that the administrator has not disabled, such as the one that looks after the bot.</summary>
    public static async Task StartTimersAsync()
    {
        var listed = await SystemctlAsync(CancellationToken.None, "list-unit-files", "--no-legend", "--state=enabled", "optfm-*.timer");
        var timers = listed.Output.Split('\n').Select(line => line.Split(' ')[0]).Where(name => name.EndsWith(".timer", StringComparison.Ordinal));
        foreach (var timer in timers) await SystemctlAsync(CancellationToken.None, "start", timer);
    }

    /// <summary>What the installed program itself says of the running server.</summary>
    public static async Task<bool> IsWellAsync(CancellationToken stop) =>
        (await AsServiceAsync("/usr/bin/optfm", HealthPatience, stop, "health")).Succeeded;

    /// <summary>What the service itself said last, for whoever has to find out what was wrong with it.</summary>
    public static async Task<string> LastWordsAsync(int lines) =>
        (await ExternalProgram.RunAsync(
            "journalctl", ["-u", Service, "-t", "optfm", "-n", lines.ToString(CultureInfo.InvariantCulture), "-o", "cat", "--no-pager"], Patience, CancellationToken.None)).Output;

    /// <summary>Runs a program as the service's user: what it writes will belong to that user, and it may do no more than the service.</summary>
    public static Task<ProgramOutcome> AsServiceAsync(string program, TimeSpan within, CancellationToken stop, params string[] arguments) =>
        ExternalProgram.RunAsync("runuser", ["-u", User, "--", program, .. arguments], within, stop, Settings);

    private static Task<ProgramOutcome> SystemctlAsync(CancellationToken stop, params string[] arguments) =>
        ExternalProgram.RunAsync("systemctl", arguments, Patience, stop);
}

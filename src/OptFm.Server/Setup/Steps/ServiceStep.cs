using System.Globalization;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>Starts the service with its new settings and waits until it is well.</summary>
internal sealed class ServiceStep : ISetupStep
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public async Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Machine.HasSystemd || (IsCurrent(setup) && await RunsAsync(setup, stop))) return null;
        return new("Start the bot anew and wait until it is well", "Перезапустить бота и дождаться, пока он заработает");
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        var machine = setup.Machine;
        var enabled = await machine.SystemctlAsync(["enable", "--quiet", "optfm.service", "optfm-health.timer"], stop);
        if (!enabled.Succeeded) return StepOutcome.Failed("systemctl enable optfm", enabled);

        // Starts that failed before do not count against this one.
        await machine.SystemctlAsync(["reset-failed", "optfm.service"], stop);
        var started = await machine.RunProgram("systemctl", ["restart", "optfm.service", "optfm-health.timer"], Longest, stop);
        if (!started.Succeeded) return await NotStartedAsync(setup, stop);

        using var http = new HttpClient { BaseAddress = setup.Loaded.Settings.Http.LocalAddress };
        var verdict = await new HealthVisit(http, () => true, machine.Clock) { Attempts = 30, Pause = TimeSpan.FromSeconds(1) }.AskAsync(stop);
        return verdict == HealthVerdict.Well
            ? StepOutcome.Done("the bot runs and is well", "бот работает и здоров")
            : StepOutcome.Failed("the bot runs, but is not well: sudo optfm health", "бот запущен, но нездоров: sudo optfm health");
    }

    private static async Task<StepOutcome> NotStartedAsync(SetupContext setup, CancellationToken stop)
    {
        var journal = await setup.Machine.RunAsync("journalctl", ["-u", "optfm.service", "-n", "15", "--no-pager", "-o", "cat"], stop);
        return StepOutcome.Failed("the bot did not start; its last words:", "бот не запустился; его последние слова:") with { Output = journal.Output };
    }

    private static bool IsCurrent(SetupContext setup) => setup.SettingsText == setup.Present.SettingsText;

    /// <summary>Whether it runs, and was started after the settings were last written: a setup that was cut short is finished by the next.</summary>
    private static async Task<bool> RunsAsync(SetupContext setup, CancellationToken stop)
    {
        var machine = setup.Machine;
        if (!(await machine.SystemctlAsync(["is-active", "--quiet", "optfm.service"], stop)).Succeeded) return false;

        var shown = await machine.SystemctlAsync(["show", "optfm.service", "--timestamp=unix", "--property=ExecMainStartTimestamp", "--value"], stop);
        if (!long.TryParse(shown.Output.Trim().TrimStart('@'), CultureInfo.InvariantCulture, out var started)) return false;
        return File.GetLastWriteTimeUtc(machine.PathOf(machine.SettingsFile)) < DateTimeOffset.FromUnixTimeSeconds(started + 1).UtcDateTime;
    }
}

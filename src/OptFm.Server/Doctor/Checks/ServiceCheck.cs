using System.Globalization;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What systemd says of the bot's units.</summary>
internal sealed class ServiceCheck : ICheck
{
    private const int Many = 3;

    private static readonly Diagnosis Active = new(
        "service", Area.Server,
        ("the service optfm", "служба optfm"),
        ("While the service is down nobody gets an answer.", "Пока служба не работает, никто не получает ответа."),
        "sudo systemctl start optfm; sudo journalctl -u optfm -n 50");

    private static readonly Diagnosis Enabled = new(
        "service-enabled", Area.Server,
        ("the service starts with the machine", "служба запускается вместе с машиной"),
        ("After the next reboot the bot stays silent.", "После перезагрузки машины бот будет молчать."),
        "sudo systemctl enable optfm");

    private static readonly Diagnosis Restarts = new(
        "service-restarts", Area.Server,
        ("restarts of the service", "перезапуски службы"),
        ("It crashes and is started again; meanwhile customers wait.", "Она падает и запускается снова; тем временем покупатели ждут."),
        "sudo journalctl -u optfm -n 100; sudo systemctl reset-failed optfm");

    private static readonly Diagnosis Timer = new(
        "health-timer", Area.Server,
        ("somebody looks after the bot every minute", "за ботом каждую минуту присматривают"),
        ("A bot that hangs or gave up is not started again.", "Зависшего или упавшего бота никто не поднимет."),
        "sudo systemctl enable --now optfm-health.timer");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Active, Enabled, Restarts, Timer];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (!context.Installed || !Directory.Exists(context.PathOf("/run/systemd/system"))) return [];

        var unit = await ShowAsync("optfm.service", context, stop);
        if (unit.Count == 0) return [Active.Unchecked(("systemd does not answer", "systemd не отвечает"))];

        var timer = await ShowAsync("optfm-health.timer", context, stop);
        return [JudgeActive(unit, context), JudgeEnabled(unit), JudgeRestarts(unit), JudgeTimer(timer)];
    }

    private static async Task<Dictionary<string, string>> ShowAsync(string unit, DoctorContext context, CancellationToken stop)
    {
        var ran = await context.RunAsync("systemctl", ["show", unit, "-p", "ActiveState,SubState,UnitFileState,NRestarts,Result,ExecMainStatus"], stop);
        if (!ran.Succeeded) return [];

        return ran.Output.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.Ordinal);
    }

    private static Finding JudgeActive(Dictionary<string, string> unit, DoctorContext context)
    {
        var state = unit.GetValueOrDefault("ActiveState", "");
        if (state is "active" or "reloading") return Active.Ok();
        if (unit.GetValueOrDefault("ExecMainStatus") == "2" && unit.GetValueOrDefault("Result") == "exit-code")
            return Active.Failure(("the service stopped because it cannot use its settings", "служба остановилась: её настройки не годятся"), $"sudo optfm config; {context.EditSettings}");

        return state switch
        {
            "activating" => Active.Failure(("the service is starting again and again", "служба запускается снова и снова")),
            "failed" => Active.Failure(($"the service failed ({unit.GetValueOrDefault("Result")})", $"служба упала ({unit.GetValueOrDefault("Result")})")),
            _ => Active.Failure(("the service is stopped", "служба остановлена")),
        };
    }

    private static Finding JudgeEnabled(Dictionary<string, string> unit) => unit.GetValueOrDefault("UnitFileState") switch
    {
        "enabled" or "enabled-runtime" or "static" => Enabled.Ok(),
        "masked" => Enabled.Warning(("the service is masked: it cannot be started", "служба замаскирована: её нельзя запустить"), "sudo systemctl unmask optfm && sudo systemctl enable --now optfm"),
        _ => Enabled.Warning(("the service does not start with the machine", "служба не запускается вместе с машиной")),
    };

    private static Finding JudgeRestarts(Dictionary<string, string> unit)
    {
        var restarts = int.TryParse(unit.GetValueOrDefault("NRestarts"), CultureInfo.InvariantCulture, out var number) ? number : 0;
        return restarts < Many
            ? Restarts.Ok()
            : Restarts.Warning(($"systemd had to start the service again {restarts} times", $"systemd пришлось перезапускать службу: {restarts} раз"));
    }

    private static Finding JudgeTimer(Dictionary<string, string> timer) => timer.GetValueOrDefault("ActiveState") == "active"
        ? Timer.Ok()
        : Timer.Warning(("optfm-health.timer is off", "таймер optfm-health.timer выключен"));
}

using System.Net;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What guards the machine: the firewall, fail2ban, updates by themselves, a port that only nginx reaches.</summary>
internal sealed class ProtectionCheck : ICheck
{
    private static readonly Diagnosis Firewall = new(
        "firewall", Area.Machine,
        ("the firewall", "межсетевой экран"),
        ("Every program that listens on this machine is open to the world.", "Любая программа, слушающая сеть на этой машине, открыта всему миру."),
        "sudo ufw allow 22/tcp && sudo ufw allow 80/tcp && sudo ufw allow 443/tcp && sudo ufw enable");

    private static readonly Diagnosis Exposed = new(
        "port-exposed", Area.Machine,
        ("the bot's own port is closed to the world", "порт самого бота закрыт снаружи"),
        ("Past nginx there is neither TLS nor a limit, and anybody can claim another's address.", "В обход nginx нет ни TLS, ни ограничений, и можно выдать себя за чужой адрес."),
        "sudo sed -i 's/^HOST=.*/HOST=127.0.0.1/' /etc/optfm/optfm.env && sudo systemctl restart optfm");

    private static readonly Diagnosis Fail2Ban = new(
        "fail2ban", Area.Machine,
        ("fail2ban watches the site", "fail2ban следит за сайтом"),
        ("Who searches the site for holes can go on without end.", "Кто ищет на сайте дыры, может искать бесконечно."),
        "sudo apt install fail2ban python3-systemd && sudo optfm setup");

    private static readonly Diagnosis Upgrades = new(
        "upgrades", Area.Machine,
        ("security updates install themselves", "обновления безопасности ставятся сами"),
        ("Known holes in nginx and the system stay open.", "Известные дыры в nginx и системе остаются открытыми."),
        "sudo apt install unattended-upgrades && sudo dpkg-reconfigure -f noninteractive unattended-upgrades");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Firewall, Exposed, Fail2Ban, Upgrades];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var findings = new List<Finding> { JudgeHost(context) };
        if (!context.Installed) return findings;

        findings.Add(await FirewallAsync(context, stop));
        findings.Add(await Fail2BanAsync(context, stop));
        if (Directory.Exists(context.PathOf("/etc/apt"))) findings.Add(await UpgradesAsync(context, stop));
        return findings;
    }

    private static Finding JudgeHost(DoctorContext context)
    {
        var http = context.Settings.Http;
        return IPAddress.IsLoopback(http.Address)
            ? Exposed.Ok()
            : Exposed.Warning(($"the bot listens on {http.Address}:{http.ListenPort}, not only for nginx (HOST)", $"бот слушает {http.Address}:{http.ListenPort}, а не только nginx (HOST)"));
    }

    private static async Task<Finding> FirewallAsync(DoctorContext context, CancellationToken stop)
    {
        if (!context.HasProgram("ufw")) return Firewall.Warning(("ufw is not installed: nothing closes the machine's ports, unless your hoster does", "ufw не установлен: порты машины ничто не закрывает, разве что хостер"), "sudo apt install ufw && " + Firewall.Mend.English);
        if (!context.IsRoot) return Firewall.NeedsRoot();

        var ran = await context.RunAsync("ufw", ["status"], stop);
        if (!ran.Succeeded) return Firewall.Unchecked(("ufw does not answer", "ufw не отвечает"), "sudo ufw status");
        if (!ran.Output.Contains("Status: active", StringComparison.Ordinal)) return Firewall.Warning(("the firewall is off", "межсетевой экран выключен"));
        return JudgeRules(ran.Output, context);
    }

    private static Finding JudgeRules(string status, DoctorContext context)
    {
        var allowed = status.Split('\n').Where(line => line.Contains("ALLOW", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToList();
        bool Opens(string port, string profile) => allowed.Exists(rule => rule == port || rule == port + "/tcp" || rule.Split('/')[0].Split(',').Contains(port))
            || status.Contains(profile, StringComparison.Ordinal);

        if (!Opens("443", "Nginx Full")) return Firewall.Failure(("the firewall keeps port 443 closed: no delivery comes in", "межсетевой экран закрывает порт 443: доставки не проходят"), "sudo ufw allow 443/tcp");
        if (!Opens("80", "Nginx Full")) return Firewall.Warning(("the firewall keeps port 80 closed: the certificate cannot be renewed", "межсетевой экран закрывает порт 80: сертификат не продлить"), "sudo ufw allow 80/tcp");

        var own = $"{context.Settings.Http.ListenPort}";
        return Opens(own, "OptFM") && own is not ("80" or "443")
            ? Firewall.Warning(($"the firewall opens the bot's own port {own}", $"межсетевой экран открывает порт самого бота, {own}"), $"sudo ufw delete allow {own}/tcp; sudo ufw delete allow {own}")
            : Firewall.Ok();
    }

    private static async Task<Finding> Fail2BanAsync(DoctorContext context, CancellationToken stop)
    {
        if (!context.HasProgram("fail2ban-client")) return Fail2Ban.Warning(("fail2ban is not installed", "fail2ban не установлен"));
        if (!context.IsRoot) return Fail2Ban.NeedsRoot();

        var ran = await context.RunAsync("fail2ban-client", ["status", "optfm"], stop);
        if (ran.Succeeded) return Fail2Ban.Ok();
        return ran.Output.Contains("does not exist", StringComparison.Ordinal)
            ? Fail2Ban.Warning(("fail2ban runs, and its jail optfm is off", "fail2ban работает, но правило optfm выключено"))
            : Fail2Ban.Warning(("fail2ban does not run", "fail2ban не работает"), "sudo systemctl enable --now fail2ban || sudo optfm setup; sudo journalctl -u fail2ban -n 20");
    }

    private static async Task<Finding> UpgradesAsync(DoctorContext context, CancellationToken stop)
    {
        var ran = await context.RunAsync("apt-config", ["dump", "APT::Periodic::Unattended-Upgrade"], stop);
        if (!ran.Found) return Upgrades.Unchecked(("apt-config is not there", "нет программы apt-config"));
        return ran.Output.Contains("\"1\"", StringComparison.Ordinal) && context.HasProgram("unattended-upgrade")
            ? Upgrades.Ok()
            : Upgrades.Warning(("security updates are not installed by themselves", "обновления безопасности не ставятся сами"));
    }
}

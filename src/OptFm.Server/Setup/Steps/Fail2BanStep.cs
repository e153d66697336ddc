using System.Text;
using System.Text.RegularExpressions;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>Turns the packaged jail on. What else an administrator wrote into the file stays.</summary>
internal sealed partial class Fail2BanStep : ISetupStep
{
    private const string Jail = "/etc/fail2ban/jail.d/optfm.local";
    private const string SshJail = "/etc/fail2ban/jail.d/optfm-sshd.local";
    private const string JournalReader = "/usr/lib/python3/dist-packages/systemd";
    private const string Log = "/var/log/nginx/optfm.log";

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Choices.Fail2Ban || (setup.Machine.HasProgram("fail2ban-client") && Present(setup) is { } text && IsOn(text))) return Task.FromResult<Words?>(null);
        return Task.FromResult<Words?>(new($"fail2ban: turn the jail on in {Jail}", $"fail2ban: включить правило в {Jail}"));
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        var machine = setup.Machine;
        if (!machine.HasProgram("fail2ban-client")) return StepOutcome.Skipped("fail2ban is not installed: sudo apt install fail2ban, then sudo optfm setup", "fail2ban не установлен: sudo apt install fail2ban, затем sudo optfm setup");
        // fail2ban as a whole does not start while a jail's log is missing.
        if (!File.Exists(machine.PathOf(Log))) return StepOutcome.Skipped($"{Log} is not there yet: nginx does not serve the site", $"{Log} ещё нет: nginx не обслуживает сайт");

        if (await MendSshAsync(machine, stop) is { } unusable) return unusable;
        var before = Present(setup);
        Write(setup, TurnedOn(before));
        var test = await machine.RunAsync("fail2ban-client", ["--test"], CancellationToken.None);
        if (!test.Succeeded)
        {
            Write(setup, before);
            return StepOutcome.Failed("fail2ban refuses its configuration, so it is as it was before; it says:", "fail2ban не принимает настройки, оставлены прежние; он говорит:") with { Output = test.Output };
        }

        if (!machine.HasSystemd) return StepOutcome.Done("the jail is on as soon as fail2ban starts", "правило заработает, когда fail2ban запустится");
        await machine.SystemctlAsync(["enable", "--quiet", "fail2ban"], stop);
        var reload = await machine.SystemctlAsync(["reload-or-restart", "fail2ban"], stop);
        return reload.Succeeded ? StepOutcome.Done("the jail is on", "правило включено") : StepOutcome.Failed("systemctl restart fail2ban", reload);
    }

    /// <summary>
    /// Since Debian 12 ssh logs to the journal alone, while the packaged jail of ssh looks for a file, and fail2ban as a whole does not start:
    /// https://bugs.debian.org/770171
    /// </summary>
    private static async Task<StepOutcome?> MendSshAsync(Machine machine, CancellationToken stop)
    {
        var test = await machine.RunAsync("fail2ban-client", ["--test"], stop);
        if (test.Succeeded || !test.Output.Contains("log file for sshd jail", StringComparison.Ordinal)) return null;
        if (!Directory.Exists(machine.PathOf(JournalReader)))
        {
            return StepOutcome.Skipped(
                "fail2ban cannot start here: it cannot read ssh's log from the journal. sudo apt install python3-systemd, then sudo optfm setup",
                "fail2ban здесь не запустится: он не умеет читать журнал ssh. sudo apt install python3-systemd, затем sudo optfm setup");
        }

        PlacedFile.Write(machine.PathOf(SshJail), "# Written by optfm setup: ssh logs to the journal.\n[sshd]\nbackend = systemd\n"u8, PlacedFile.Public);
        return null;
    }

    internal static string TurnedOn(string? text)
    {
        if (text is null) return "# Written by optfm setup. Your own changes to the jail belong here too.\n[optfm]\nenabled = true\n";
        if (IsOn(text)) return text;
        return Section().IsMatch(text) ? Section().Replace(Off().Replace(text, ""), "[optfm]\nenabled = true\n", 1) : $"{text.TrimEnd()}\n\n[optfm]\nenabled = true\n";
    }

    private static bool IsOn(string text) => On().IsMatch(text);

    private static string? Present(SetupContext setup) => File.Exists(setup.Machine.PathOf(Jail)) ? File.ReadAllText(setup.Machine.PathOf(Jail)) : null;

    private static void Write(SetupContext setup, string? text)
    {
        var file = setup.Machine.PathOf(Jail);
        if (text is null) File.Delete(file);
        else PlacedFile.Write(file, Encoding.UTF8.GetBytes(text), PlacedFile.Public);
    }

    [GeneratedRegex(@"^\[optfm\][ \t]*\n(?:(?!\[).*\n)*?enabled\s*=\s*true\s*$", RegexOptions.Multiline, 1000)]
    private static partial Regex On();

    [GeneratedRegex(@"^enabled\s*=\s*(false|no|off|0)[ \t]*\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Off();

    [GeneratedRegex(@"^\[optfm\][ \t]*\n", RegexOptions.Multiline, 1000)]
    private static partial Regex Section();
}

using System.Globalization;
using System.Text.RegularExpressions;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>ufw: ssh first, wherever it listens, then the web; then on.</summary>
internal sealed partial class FirewallStep : ISetupStep
{
    private const int SshPort = 22;

    public async Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Choices.Firewall) return null;

        var ports = await MissingAsync(setup, stop);
        if (setup.Machine.HasProgram("ufw") && ports.Count == 0) return null;
        var list = string.Join(", ", await WantedAsync(setup, stop));
        return new($"Firewall: leave the ports {list} open and turn ufw on", $"Брандмауэр: оставить открытыми порты {list} и включить ufw");
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        var machine = setup.Machine;
        if (!machine.HasProgram("ufw")) return StepOutcome.Skipped("ufw is not installed: sudo apt install ufw, then sudo optfm setup", "ufw не установлен: sudo apt install ufw, затем sudo optfm setup");

        foreach (var port in await WantedAsync(setup, stop))
        {
            var rule = string.Create(CultureInfo.InvariantCulture, $"{port}/tcp");
            if (IsOpen(await StatusAsync(setup, stop), port)) continue;
            var allowed = await machine.RunAsync("ufw", ["allow", rule], stop);
            // Never on without the door of the one who sits at the other end.
            if (!allowed.Succeeded) return StepOutcome.Failed($"ufw allow {rule}", allowed);
        }

        var enabled = await machine.RunAsync("ufw", ["--force", "enable"], stop);
        return enabled.Succeeded ? StepOutcome.Done("ufw is on", "ufw включён") : StepOutcome.Failed("ufw enable", enabled);
    }

    /// <summary>Every port that ssh is known to use: of this very session, of the listening daemon, of its configuration.</summary>
    internal static async Task<IReadOnlyList<int>> SshPortsAsync(Machine machine, CancellationToken stop)
    {
        var ports = new SortedSet<int>();
        // "client-address client-port server-address server-port": https://man.openbsd.org/ssh#SSH_CONNECTION
        var session = (machine.Variable("SSH_CONNECTION") ?? "").Split(' ');
        if (session.Length == 4) Add(ports, session[3]);
        var sockets = await machine.RunAsync("ss", ["-Htlnp"], stop);
        foreach (Match match in ListeningSsh().Matches(sockets.Succeeded ? sockets.Output : "")) Add(ports, match.Groups["port"].Value);
        var daemon = await machine.RunAsync("sshd", ["-T"], stop);
        foreach (Match match in ConfiguredPort().Matches(daemon.Succeeded ? daemon.Output : "")) Add(ports, match.Groups["port"].Value);
        if (ports.Count == 0) ports.Add(SshPort);
        return [.. ports];
    }

    private static void Add(SortedSet<int> ports, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536) ports.Add(port);
    }

    private static async Task<List<int>> WantedAsync(SetupContext setup, CancellationToken stop) =>
        [.. (await SshPortsAsync(setup.Machine, stop)).Concat(setup.Choices.Domain.Length > 0 ? [80, 443] : []).Distinct()];

    private static async Task<string> StatusAsync(SetupContext setup, CancellationToken stop) => (await setup.Machine.RunAsync("ufw", ["status"], stop)).Output;

    /// <returns>Everything wanted while ufw is off.</returns>
    private static async Task<List<int>> MissingAsync(SetupContext setup, CancellationToken stop)
    {
        var wanted = await WantedAsync(setup, stop);
        var status = await StatusAsync(setup, stop);
        return status.Contains("Status: active", StringComparison.Ordinal) ? [.. wanted.Where(port => !IsOpen(status, port))] : wanted;
    }

    private static bool IsOpen(string status, int port) =>
        Regex.IsMatch(status, $@"^{port}(/tcp)?\s+(ALLOW|LIMIT)\s+(IN\s+)?Anywhere", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"^\S+\s+\S+\s+\S+\s+\S+:(?<port>\d+)\s.*""sshd?""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListeningSsh();

    [GeneratedRegex(@"^port (?<port>\d+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConfiguredPort();
}

using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using OptFm.Server.Operations;

namespace OptFm.Server.Setup;

/// <summary>The machine that is set up. A test takes a folder for its root and answers for its programs.</summary>
internal sealed record Machine
{
    private const string SecretLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    /// <summary>256 bits and more, and what every messenger accepts as a secret.</summary>
    private const int SecretLength = 43;

    /// <summary>Put before every path; empty for the machine itself.</summary>
    public string Root { get; init; } = "";

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Func<string, IReadOnlyList<string>, TimeSpan, CancellationToken, Task<ProgramOutcome>> RunProgram { get; init; } =
        static (name, arguments, within, stop) => ExternalProgram.RunAsync(name, arguments, within, stop);

    public Func<string, bool> HasProgram { get; init; } = static name => ExternalProgram.Find(name) is not null;

    /// <summary>The addresses of a name; none where it does not resolve.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyList<IPAddress>>> Resolve { get; init; } = ResolveAsync;

    public Func<IReadOnlyList<IPAddress>> OwnAddresses { get; init; } = static () =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)];

    public Func<string> NewSecret { get; init; } = static () => RandomNumberGenerator.GetString(SecretLetters, SecretLength);

    /// <summary>Variables of the administrator's session, such as SSH_CONNECTION.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public string SettingsFile { get; init; } = "/etc/optfm/optfm.env";

    public bool HasSystemd => Directory.Exists(PathOf("/run/systemd/system"));

    public bool HasIPv6 => File.Exists(PathOf("/proc/net/if_inet6"));

    public string PathOf(string path) => Root + path;

    /// <summary>Runs a program that needs no longer than a minute.</summary>
    public Task<ProgramOutcome> RunAsync(string name, IReadOnlyList<string> arguments, CancellationToken stop) => RunProgram(name, arguments, TimeSpan.FromMinutes(1), stop);

    public Task<ProgramOutcome> SystemctlAsync(IReadOnlyList<string> arguments, CancellationToken stop) => RunAsync("systemctl", arguments, stop);

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken stop)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name, stop);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}

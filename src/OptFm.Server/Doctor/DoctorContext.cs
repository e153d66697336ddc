using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

/// <summary>The installation that is looked at: settings, clock, and where the machine's files and programs are.</summary>
public sealed record DoctorContext(LoadedSettings Loaded, TimeProvider Clock)
{
    /// <summary>How long a program of the system may take to answer.</summary>
    private static readonly TimeSpan ProgramPatience = TimeSpan.FromSeconds(5);

    /// <summary>The folder taken for the machine's root.</summary>
    public string Root { get; init; } = "/";

    /// <summary>Where programs are looked for; null: along PATH.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>Relative settings files are looked for here.</summary>
    public string WorkingFolder { get; init; } = Directory.GetCurrentDirectory();

    public bool IsRoot { get; init; } = Environment.IsPrivilegedProcess;

    /// <summary>Whom the installed service runs as, and its group.</summary>
    public string ServiceUser { get; init; } = "optfm";

    /// <summary>Roots that messengers are taken to trust; null: this machine's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>What the stages before this one found.</summary>
    public IReadOnlyList<Finding> Earlier { get; init; } = [];

    public Func<IReadOnlyList<IPAddress>> OwnAddresses { get; init; } = Interfaces;

    public ServerSettings Settings => Loaded.Settings;

    /// <summary>Whether anything can be concluded from the settings.</summary>
    public bool SettingsUsable => Loaded.Problems.Count == 0;

    /// <summary>Whether the package is installed: then the bot is a service of systemd with a user of its own.</summary>
    public bool Installed => ((string[])["/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system"])
        .Any(folder => File.Exists(PathOf($"{folder}/optfm.service")));

    /// <summary>The file that the settings were read from; null where there is none.</summary>
    public string? SettingsFile
    {
        get
        {
            var named = Loaded.Source.Values.GetValueOrDefault(ServerSettings.File.Name, "").Trim();
            var path = Path.GetFullPath(named.Length > 0 ? named : ".env", WorkingFolder);
            return named.Length > 0 || File.Exists(path) ? path : null;
        }
    }

    public string DataFolder => Path.GetDirectoryName(Settings.Storage.DatabaseFile) ?? "/";

    /// <summary>How the administrator changes a setting.</summary>
    public string EditSettings => $"sudo nano {SettingsFile ?? "/etc/optfm/optfm.env"} && {Restart}";

    public string Restart { get; } = "sudo systemctl restart optfm";

    /// <param name="path">Absolute, as on the machine.</param>
    public string PathOf(string path) => Path.Combine(Root, path.TrimStart('/'));

    public bool HasProgram(string name) => Find(name) is not null;

    public Task<ProgramOutcome> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken stop) => Find(program) is { } file
        ? ExternalProgram.RunAsync(file, arguments, ProgramPatience, stop)
        : Task.FromResult(ProgramOutcome.Absent);

    private static List<IPAddress> Interfaces() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(own => own.Address)];

    private string? Find(string name)
    {
        if (ProgramFolder is null) return ExternalProgram.Find(name);
        var file = Path.Combine(ProgramFolder, name);
        return File.Exists(file) ? file : null;
    }
}

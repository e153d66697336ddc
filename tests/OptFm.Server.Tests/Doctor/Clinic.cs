using System.Net;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Doctor;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Doctor;

/// <summary>An installation in a temporary folder: its own root, its own programs, real files.</summary>
internal sealed class Clinic : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-doctor-");
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    public Clinic()
    {
        Directory.CreateDirectory(Programs);
        Directory.CreateDirectory(Data);
        Set("DATA_DIR", Data);
    }

    public string Root => Path.Combine(_folder.FullName, "root");

    public string Programs => Path.Combine(_folder.FullName, "programs");

    public string Data => Path.Combine(_folder.FullName, "data");

    public bool IsRoot { get; init; } = true;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public X509Certificate2Collection? TrustedRoots { get; set; }

    public IReadOnlyList<IPAddress> OwnAddresses { get; set; } = [];

    /// <summary>What DNS says of every name; null: nothing.</summary>
    public IPAddress? Dns { get; set; } = IPAddress.Loopback;

    /// <summary>The file of settings; null: they come from the environment alone.</summary>
    public string? SettingsFile { get; private set; }

    public DoctorContext Context
    {
        get
        {
            var settings = new Dictionary<string, string>(_settings, StringComparer.Ordinal);
            if (SettingsFile is not null) settings["OPTFM_ENV_FILE"] = SettingsFile;
            var file = SettingsFile is null ? EnvironmentFile.Parse("", ".env") : EnvironmentFile.ReadNamed(SettingsFile);
            return new DoctorContext(LoadedSettings.From(new SettingsSource(settings, file)), Clock)
            {
                Root = Root,
                ProgramFolder = Programs,
                WorkingFolder = _folder.FullName,
                IsRoot = IsRoot,
                TrustedRoots = TrustedRoots,
                OwnAddresses = () => OwnAddresses,
                ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>(Dns is null ? [] : [Dns]),
            };
        }
    }

    public Clinic Set(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    /// <summary>As the package does it.</summary>
    public Clinic Install()
    {
        Machine("/usr/lib/systemd/system/optfm.service", "");
        Directory.CreateDirectory(Path.Combine(Root, "run/systemd/system"));
        return this;
    }

    /// <summary>A file of the machine.</summary>
    public string Machine(string path, string text) => Write(Path.Combine(Root, path.TrimStart('/')), text);

    /// <summary>A file beside the database.</summary>
    public string Own(string name, string text) => Write(Path.Combine(Data, name), text);

    public Clinic Settings(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)
    {
        SettingsFile = Write(Path.Combine(_folder.FullName, "optfm.env"), text);
        SetMode(SettingsFile, mode);
        return this;
    }

    /// <summary>A program of the system that prints this and ends so.</summary>
    public Clinic Program(string name, string prints, int exitCode = 0) => Script(name, $"cat <<'END'\n{prints}\nEND\nexit {exitCode}");

    /// <summary>A program of the system as a shell script.</summary>
    public Clinic Script(string name, string body)
    {
        var file = Write(Path.Combine(Programs, name), $"#!/bin/sh\n{body}\n");
        SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    public async Task<IReadOnlyList<Finding>> RunAsync<T>()
        where T : ICheck, new() => await new T().RunAsync(Context, TestContext.Current.CancellationToken);

    /// <summary>The one finding of that id.</summary>
    public async Task<Finding> FindAsync<T>(string id)
        where T : ICheck, new() => (await RunAsync<T>()).Where(finding => finding.Diagnosis.Id == id).ShouldHaveSingleItem();

    public void Dispose() => _folder.Delete(recursive: true);

#pragma warning disable CA1416 // The program and its tests run on Linux alone.
    private static void SetMode(string file, UnixFileMode mode) => File.SetUnixFileMode(file, mode);
#pragma warning restore CA1416

    private static string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}

internal static class FindingAssertions
{
    /// <summary>Judged so, and told with all of these words in English.</summary>
    public static void ShouldSay(this Finding finding, FindingLevel level, params string[] words)
    {
        finding.Level.ShouldBe(level, finding.What.English);
        foreach (var word in words) finding.What.English.ShouldContain(word);
        finding.What.English.ShouldNotContain('\n');
        finding.What.Russian.ShouldNotBeNullOrWhiteSpace();
        if (level is FindingLevel.Failure or FindingLevel.Warning) finding.Mend.English.ShouldNotBeNullOrWhiteSpace();
    }
}

using System.Collections;

namespace OptFm.Server.Settings;

/// <summary>Where a setting's value comes from.</summary>
public enum SettingOrigin
{
    Default,
    File,
    Credential,
    Environment,
}

/// <summary>The process's environment, then systemd's credentials, then the file of settings: the first that says something wins.</summary>
public sealed class SettingsSource
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly EnvironmentFile _file;
    private readonly CredentialFiles _credentials;

    public SettingsSource(IReadOnlyDictionary<string, string> environment, EnvironmentFile file, CredentialFiles? credentials = null)
    {
        _environment = environment;
        _file = file;
        _credentials = credentials ?? CredentialFiles.None;
        var values = new Dictionary<string, string>(file.Values, StringComparer.Ordinal);
        foreach (var (name, value) in _credentials.Values) values[name] = value;
        foreach (var (name, value) in environment) values[name] = value;
        Values = values;
    }

    public IReadOnlyDictionary<string, string> Values { get; }

    public IEnumerable<string> EnvironmentNames => _environment.Keys;

    /// <summary>What was written for this server and nobody else.</summary>
    public IEnumerable<string> FileNames => _file.Values.Keys.Concat(_credentials.Values.Keys);

    public IReadOnlyList<Problem> Problems => [.. _file.Problems, .. _credentials.Problems];

    public IReadOnlyList<Problem> Warnings => _file.Warnings;

    /// <param name="folder">Where <c>.env</c> is looked for; it need not exist.</param>
    public static SettingsSource Load(string folder)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        return Load(environment, folder);
    }

    internal static SettingsSource Load(IReadOnlyDictionary<string, string> environment, string folder)
    {
        var named = environment.GetValueOrDefault(ServerSettings.File.Name, "").Trim();
        var file = named.Length > 0 ? EnvironmentFile.ReadNamed(Path.GetFullPath(named, folder)) : EnvironmentFile.Read(Path.Combine(folder, ".env"));
        return new SettingsSource(environment, file, CredentialFiles.Read(environment.GetValueOrDefault(CredentialFiles.FolderVariable, "")));
    }

    /// <summary>A blank value counts as absent; a blank one in the environment also hides the file's.</summary>
    public SettingOrigin Origin(Setting setting)
    {
        if (_environment.TryGetValue(setting.Name, out var value)) return string.IsNullOrWhiteSpace(value) ? SettingOrigin.Default : SettingOrigin.Environment;
        if (_credentials.Values.TryGetValue(setting.Name, out value) && !string.IsNullOrWhiteSpace(value)) return SettingOrigin.Credential;
        return _file.Values.TryGetValue(setting.Name, out value) && !string.IsNullOrWhiteSpace(value) ? SettingOrigin.File : SettingOrigin.Default;
    }
}

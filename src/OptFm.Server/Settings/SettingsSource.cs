using System.Collections;

namespace OptFm.Server.Settings;

/// <summary>Where a setting's value comes from.</summary>
public enum SettingOrigin
{
    Default,
    File,
    Environment,
}

/// <summary>The process's environment and the <c>.env</c> file of the working folder; the environment wins.</summary>
public sealed class SettingsSource
{
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly EnvironmentFile _file;

    public SettingsSource(IReadOnlyDictionary<string, string> environment, EnvironmentFile file)
    {
        _environment = environment;
        _file = file;
        var values = new Dictionary<string, string>(file.Values, StringComparer.Ordinal);
        foreach (var (name, value) in environment) values[name] = value;
        Values = values;
    }

    public IReadOnlyDictionary<string, string> Values { get; }

    public IEnumerable<string> EnvironmentNames => _environment.Keys;

    public IEnumerable<string> FileNames => _file.Values.Keys;

    public IReadOnlyList<Problem> Problems => _file.Problems;

    public IReadOnlyList<Problem> Warnings => _file.Warnings;

    /// <param name="folder">Where <c>.env</c> is looked for; it need not exist.</param>
    public static SettingsSource Load(string folder)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        return new SettingsSource(environment, EnvironmentFile.Read(Path.Combine(folder, ".env")));
    }

    /// <summary>A blank value counts as absent; a blank one in the environment also hides the file's.</summary>
    public SettingOrigin Origin(Setting setting)
    {
        if (_environment.TryGetValue(setting.Name, out var value)) return string.IsNullOrWhiteSpace(value) ? SettingOrigin.Default : SettingOrigin.Environment;
        return _file.Values.TryGetValue(setting.Name, out value) && !string.IsNullOrWhiteSpace(value) ? SettingOrigin.File : SettingOrigin.Default;
    }
}

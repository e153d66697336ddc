using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

/// <summary>Settings as an administrator gives them.</summary>
internal static class Given
{
    public static LoadedSettings Environment(params (string Name, string Value)[] values) => Both("", values);

    public static LoadedSettings File(string text) => Both(text);

    public static LoadedSettings Both(string file, params (string Name, string Value)[] environment) => LoadedSettings.From(
        new SettingsSource(environment.ToDictionary(pair => pair.Name, pair => pair.Value), EnvironmentFile.Parse(file, ".env")));
}

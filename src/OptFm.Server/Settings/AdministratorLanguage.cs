namespace OptFm.Server.Settings;

/// <summary>In which language the administrator is told what is wrong.</summary>
public enum AdministratorLanguage
{
    English,
    Russian,
}

public static class AdministratorLanguages
{
    /// <summary>OPTFM_LANG, else the locale as POSIX orders it, else English.</summary>
    /// <remarks>https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02</remarks>
    public static AdministratorLanguage Of(IReadOnlyDictionary<string, string> values)
    {
        if (Given(values, ServerSettings.Language.Name) is { } asked && Named(asked) is { } language) return language;

        var locale = Given(values, "LC_ALL") ?? Given(values, "LC_MESSAGES") ?? Given(values, "LANG") ?? "";
        return Named(locale.Split('_', '.', '@', '-')[0]) ?? AdministratorLanguage.English;
    }

    /// <summary>The problem in that language, beginning with the setting's name.</summary>
    public static string In(this Problem problem, AdministratorLanguage language) =>
        $"{problem.Setting} {(language == AdministratorLanguage.Russian ? problem.Russian : problem.English)}";

    private static string? Given(IReadOnlyDictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static AdministratorLanguage? Named(string name) => name.ToLowerInvariant() switch
    {
        "ru" => AdministratorLanguage.Russian,
        "en" => AdministratorLanguage.English,
        _ => null,
    };
}

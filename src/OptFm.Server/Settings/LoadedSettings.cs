namespace OptFm.Server.Settings;

/// <summary>The settings as every command starts with them.</summary>
/// <param name="Settings">Usable only while <paramref name="Problems"/> is empty.</param>
/// <param name="Problems">All that is wrong, at once.</param>
/// <param name="Warnings">What the administrator should know, though the server starts.</param>
public sealed record LoadedSettings(
    ServerSettings Settings,
    SettingsSource Source,
    AdministratorLanguage Language,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<Problem> Warnings)
{
    /// <summary>Exit code of a command that cannot run with the given settings.</summary>
    public const int ExitCode = 2;

    /// <summary>The values that must never be printed or logged.</summary>
    public IEnumerable<string> Secrets => ServerSettings.All.Where(setting => setting.Secret).Select(setting => new SettingsReader(Source.Values).Text(setting)).Where(value => value.Length > 0);

    /// <summary>Reads the process's environment, its credentials and the file of settings.</summary>
    public static LoadedSettings Load() => From(SettingsSource.Load(Directory.GetCurrentDirectory()));

    public static LoadedSettings From(SettingsSource source)
    {
        var reader = new SettingsReader(source.Values);
        var settings = ServerSettings.Read(reader);
        return new(
            settings,
            source,
            AdministratorLanguages.Of(source.Values),
            [.. source.Problems, .. reader.Problems],
            [.. source.Warnings, .. UnknownNames.Find(source, ServerSettings.All), .. reader.Warnings]);
    }

    /// <summary>Whether the settings can be used; if not, says why on <paramref name="errors"/>, in the administrator's language.</summary>
    public bool Check(TextWriter errors)
    {
        if (Problems.Count == 0) return true;

        var russian = Language == AdministratorLanguage.Russian;
        errors.WriteLine(russian ? "Настройки не годятся:" : "The settings cannot be used:");
        foreach (var problem in Problems) errors.WriteLine($"  {problem.In(Language)}");
        WriteWarnings(errors);
        errors.WriteLine(russian ? "Что можно написать: docs/settings.md или optfm config --markdown ru" : "What can be written: docs/settings.md, or optfm config --markdown en");
        return false;
    }

    public void LogWarnings(ILogger log)
    {
        foreach (var warning in Warnings) log.LogWarning("{Warning}", warning.In(Language));
    }

    public void WriteWarnings(TextWriter output)
    {
        if (Warnings.Count == 0) return;

        output.WriteLine(Language == AdministratorLanguage.Russian ? "Обратите внимание:" : "Please note:");
        foreach (var warning in Warnings) output.WriteLine($"  {warning.In(Language)}");
    }
}

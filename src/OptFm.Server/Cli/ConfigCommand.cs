using System.CommandLine;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm config</c>: what the server would run with, and what is wrong with it.</summary>
public static class ConfigCommand
{
    public static Command Create()
    {
        var markdown = new Option<string>("--markdown")
        {
            Description = "Print the table of all settings for the documentation instead, in this language.",
            HelpName = "en|ru",
        };
        markdown.AcceptOnlyFromAmong("en", "ru");
        var command = new Command("config", "Print the effective settings, secrets masked, and what is wrong with them.") { markdown };
        command.SetAction(result => Run(result.GetValue(markdown), result.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string? markdown, TextWriter output)
    {
        if (markdown is null) return Print(LoadedSettings.Load(), output);

        output.Write(SettingsTable.Markdown(markdown == "ru" ? AdministratorLanguage.Russian : AdministratorLanguage.English));
        return 0;
    }

    internal static int Print(LoadedSettings loaded, TextWriter output)
    {
        foreach (var setting in ServerSettings.All)
            output.WriteLine($"{setting.Name}={setting.Shown(Effective(loaded.Source, setting))}  # {Origin(loaded.Source, setting)}");
        if (loaded.Problems.Count + loaded.Warnings.Count > 0) output.WriteLine();
        if (!loaded.Check(output)) return LoadedSettings.ExitCode;

        loaded.WriteWarnings(output);
        return 0;
    }

    private static string Effective(SettingsSource source, Setting setting) => new SettingsReader(source.Values).Text(setting).ReplaceLineEndings(" ");

    private static string Origin(SettingsSource source, Setting setting) => source.Origin(setting) switch
    {
        SettingOrigin.Environment => "environment",
        SettingOrigin.Credential => "credential",
        SettingOrigin.File => ".env",
        _ => "default",
    };
}

using OptFm.Server.Settings;

namespace OptFm.Server.Faq;

/// <summary>Where the shop's answers and the bot's own words are.</summary>
public sealed record FaqOptions
{
    public static readonly Setting File = new("FAQ_FILE", "data/faq.json", "path of a JSON file", "Questions and answers. Read again whenever it changes.", "Вопросы и ответы. Перечитывается при изменении.");
    public static readonly Setting Phrases = new("PHRASES_FILE", "data/phrases.ru.json", "path of a JSON file", "Everything else the bot says. Read again whenever it changes.", "Всё остальное, что говорит бот. Перечитывается при изменении.");

    public static IReadOnlyList<Setting> All { get; } = [File, Phrases];

    public required string FaqFile { get; init; }

    public required string PhrasesFile { get; init; }

    public static FaqOptions Read(SettingsReader settings) =>
        new() { FaqFile = Shipped(settings, File), PhrasesFile = Shipped(settings, Phrases) };

    /// <summary>A default is looked for in the working folder, then beside the program, where the demo lies.</summary>
    private static string Shipped(SettingsReader settings, Setting setting)
    {
        if (settings.IsSet(setting)) return settings.ReadableFile(setting);

        var path = Path.GetFullPath(setting.Default);
        if (System.IO.File.Exists(path)) return path;
        return Path.Combine(AppContext.BaseDirectory, setting.Default);
    }
}

using OptFm.Server.Content;
using OptFm.Server.Settings;

namespace OptFm.Server.Faq;

/// <summary>Where the shop's answers and the bot's own words are.</summary>
public sealed record FaqOptions
{
    public static readonly Setting File = new("FAQ_FILE", "data/faq.json", "path of a JSON file", "Questions and answers. Read again whenever it changes; on PostgreSQL for all nodes, and may be absent once imported.", "Вопросы и ответы. Перечитывается при изменении; на PostgreSQL — для всех узлов, и после импорта может отсутствовать.");
    public static readonly Setting Phrases = new("PHRASES_FILE", "data/phrases.ru.json", "path of a JSON file", "Everything else the bot says. Read again whenever it changes; on PostgreSQL as FAQ_FILE.", "Всё остальное, что говорит бот. Перечитывается при изменении; на PostgreSQL — как FAQ_FILE.");

    public static readonly Setting Golden = new("FAQ_GOLDEN_FILE", "", "path of a .tsv file, or empty", "Questions that a changed FAQ must still answer as expected; else the old FAQ stays. Empty: the file named like FAQ_FILE that ends with .golden.tsv, if it is there.", "Вопросы, на которые изменённый FAQ должен отвечать как раньше; иначе остаётся прежний. Пусто: файл с именем как у FAQ_FILE и концом .golden.tsv, если он есть.");
    public static readonly Setting ForceSetting = new("FAQ_FORCE", "false", "true or false", "Takes a changed FAQ even if it breaks golden questions.", "Принимать изменённый FAQ, даже если он ломает золотые вопросы.");

    public static IReadOnlyList<Setting> All { get; } = [File, Golden, ForceSetting, Phrases];

    public required string FaqFile { get; init; }

    public required string PhrasesFile { get; init; }

    /// <summary>The golden file where the administrator named one: then it must be there.</summary>
    public string? NamedGoldenFile { get; init; }

    /// <summary>Where the golden file is; without a named one it may be absent.</summary>
    public string GoldenFile => NamedGoldenFile ?? GoldenBeside(FaqFile);

    /// <summary>Whether the FAQ is the one that came with the program, whose golden questions say nothing of a shop's.</summary>
    internal bool IsDemo => NamedGoldenFile is null && FaqFile == ShippedPath(File);

    /// <summary>Whether a changed FAQ is taken though it breaks golden questions.</summary>
    public bool Force { get; init; }

    public static FaqOptions Read(SettingsReader settings) => new()
    {
        FaqFile = Shipped(settings, File),
        PhrasesFile = Shipped(settings, Phrases),
        NamedGoldenFile = settings.IsSet(Golden) ? settings.ReadableFile(Golden) : null,
        Force = settings.Switch(ForceSetting),
    };

    /// <summary>How nodes that share a database have it.</summary>
    internal static SharedFileOptions Shared(string name, string path, Setting setting) => new(name, path) { Shipped = ShippedPath(setting) };

    /// <summary><c>faq.golden.tsv</c> for <c>faq.json</c>.</summary>
    public static string GoldenBeside(string faqFile) => Path.ChangeExtension(faqFile, ".golden.tsv");

    /// <summary>A default is looked for in the working folder, then beside the program, where the demo lies.</summary>
    private static string Shipped(SettingsReader settings, Setting setting)
    {
        if (settings.IsSet(setting)) return settings.ContentFile(setting);

        var path = Path.GetFullPath(setting.Default);
        if (System.IO.File.Exists(path)) return path;
        return ShippedPath(setting);
    }

    private static string ShippedPath(Setting setting) => Path.Combine(AppContext.BaseDirectory, setting.Default);
}

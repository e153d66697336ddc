namespace OptFm.Server.Content;

/// <summary>What the log says of the shared content.</summary>
internal static partial class ContentLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{File} became version {Version} of {Name} for all nodes")]
    public static partial void Imported(this ILogger log, string name, long version, string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is version {Version} of {Name}, and version {Head} is in force: it stays. To go back: optfm content import {Name} {File} / {File} — версия {Version} ({Name}), действует версия {Head}, она и остаётся. Чтобы вернуться: optfm content import {Name} {File}")]
    public static partial void OlderFile(this ILogger log, string name, string file, long version, long head);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not take the changed {Name} now; it is imported as soon as it does / База сейчас не принимает изменённый {Name}; он будет принят, как только она ответит")]
    public static partial void ImportWaits(this ILogger log, string name);
}

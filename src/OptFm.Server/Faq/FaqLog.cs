namespace OptFm.Server.Faq;

/// <summary>What the log says of the shop's files.</summary>
internal static partial class FaqLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The FAQ was read again: {Count} entries")]
    public static partial void FaqReloaded(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The phrases were read again")]
    public static partial void PhrasesReloaded(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{English} / {Russian}")]
    public static partial void FileWarning(this ILogger log, string english, string russian);

    [LoggerMessage(Level = LogLevel.Error, Message = "Kept the previous version: {English} / {Russian}")]
    public static partial void FileRefused(this ILogger log, string english, string russian);

    [LoggerMessage(Level = LogLevel.Information, Message = "The golden file was read: {Count} questions")]
    public static partial void GoldenRead(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Kept the previous FAQ: the changed one breaks {Count} golden questions. Correct the FAQ or the golden file, or start with FAQ_FORCE=true; optfm faq check shows the same / Оставлен прежний FAQ: изменённый ломает золотых вопросов: {Count}. Исправьте FAQ или золотой файл либо запустите с FAQ_FORCE=true; то же покажет optfm faq check")]
    public static partial void FaqBreaksGolden(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Kept the previous FAQ: the golden file cannot be read, so the change cannot be checked / Оставлен прежний FAQ: золотой файл не читается, и изменение нечем проверить")]
    public static partial void FaqUnchecked(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "FAQ_FORCE: the changed FAQ goes live though it breaks {Count} golden questions / FAQ_FORCE: изменённый FAQ принят, хотя ломает золотых вопросов: {Count}")]
    public static partial void FaqForced(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The FAQ fails {Failed} of {Count} golden questions; the server starts with it all the same, so look at once / FAQ не отвечает на золотые вопросы как надо: {Failed} из {Count}; сервер всё равно запущен с ним, проверьте сразу")]
    public static partial void GoldenFailedAtStart(this ILogger log, int failed, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Golden question: {English} / Золотой вопрос: {Russian}")]
    public static partial void GoldenDiffers(this ILogger log, string english, string russian);
}

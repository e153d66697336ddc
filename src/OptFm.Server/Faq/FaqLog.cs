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
}

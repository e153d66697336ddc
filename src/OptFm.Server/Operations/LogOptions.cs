using Microsoft.Extensions.Logging;
using OptFm.Server.Settings;

namespace OptFm.Server.Operations;

/// <summary>What is logged and where to.</summary>
public sealed record LogOptions
{
    public static readonly Setting Level = new("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR", "How much is logged.", "Насколько подробен журнал.");
    public static readonly Setting File = new("LOG_FILE", "", "path of a file", "Everything that is logged, as a file too. Empty: console only.", "Весь журнал ещё и в файл. Пусто: только консоль.");
    public static readonly Setting ApiFile = new("API_LOG_FILE", "", "path of a file", "One line per HTTP request. Empty: none.", "Строка на каждый HTTP-запрос. Пусто: не писать.");
    public static readonly Setting MaxLevel = new("MAX_LOG_LEVEL", "", "DEBUG, INFO, WARNING, ERROR or empty", "How much MAX logs. Empty: LOG_LEVEL.", "Насколько подробен журнал MAX. Пусто: как LOG_LEVEL.");
    public static readonly Setting MaxFile = new("MAX_LOG_FILE", "", "path of a file", "What MAX logs, as a file of its own. Empty: none.", "Журнал MAX отдельным файлом. Пусто: не писать.");
    public static readonly Setting Messages = new("MAX_LOG_MESSAGES", "false", "true or false", "Whether customers' texts are logged, all channels (phones and e-mails masked).", "Писать ли в журнал тексты покупателей, во всех каналах (телефоны и почта скрыты).");
    public static readonly Setting Responses = new("MAX_LOG_RESPONSES", "false", "true or false", "Whether the bot's replies are logged, all channels (phones and e-mails masked).", "Писать ли в журнал ответы бота, во всех каналах (телефоны и почта скрыты).");

    public static IReadOnlyList<Setting> All { get; } = [Level, File, ApiFile, MaxLevel, MaxFile, Messages, Responses];

    public required LogLevel MinimumLevel { get; init; }

    public required LogLevel MaxMinimumLevel { get; init; }

    /// <summary>Absolute; empty when no file is wanted, as for the two others.</summary>
    public required string Path { get; init; }

    public required string ApiPath { get; init; }

    public required string MaxPath { get; init; }

    public required bool LogMessages { get; init; }

    public required bool LogResponses { get; init; }

    public static LogOptions Read(SettingsReader settings)
    {
        var level = ReadLevel(settings, Level, LogLevel.Information);
        return new LogOptions
        {
            MinimumLevel = level,
            MaxMinimumLevel = ReadLevel(settings, MaxLevel, level),
            Path = settings.WritableFile(File),
            ApiPath = settings.WritableFile(ApiFile),
            MaxPath = settings.WritableFile(MaxFile),
            LogMessages = settings.Switch(Messages),
            LogResponses = settings.Switch(Responses),
        };
    }

    private static LogLevel ReadLevel(SettingsReader settings, Setting setting, LogLevel otherwise) =>
        settings.Choice(setting, "", "DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL") switch
        {
            "DEBUG" => LogLevel.Debug,
            "INFO" => LogLevel.Information,
            "WARNING" or "WARN" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "CRITICAL" => LogLevel.Critical,
            _ => otherwise,
        };
}

using OptFm.Server.Backups;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Faq;
using OptFm.Server.Operations;
using OptFm.Server.Outbox;
using OptFm.Server.Products;
using OptFm.Server.Retention;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Settings;

/// <summary>THE list of settings, and all of them once read.</summary>
public sealed record ServerSettings(
    HttpOptions Http,
    LogOptions Log,
    StorageOptions Storage,
    FaqOptions Faq,
    PriceOptions Price,
    OutboxOptions Outbox,
    RetentionOptions Retention,
    BackupOptions Backup,
    MaxOptions Max,
    TelegramOptions Telegram,
    TelemetryOptions Telemetry,
    WatchOptions Watch)
{
    /// <summary>Language of messages to the administrator; read before all others, because problems are told in it.</summary>
    public static readonly Setting Language = new("OPTFM_LANG", "", "ru, en or empty", "Language of messages to the administrator. Empty: the locale's, else English.", "Язык сообщений администратору. Пусто: как в системе, иначе английский.");

    /// <summary>Which file to read; itself read from the environment alone, before everything else.</summary>
    public static readonly Setting File = new("OPTFM_ENV_FILE", "", "path of a file or empty", "The file of settings, for the environment alone. Empty: `.env` in the working folder.", "Файл настроек; задаётся только в окружении. Пусто: `.env` в рабочей папке.");

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
        [.. HttpOptions.All, .. StorageOptions.All, .. FaqOptions.All, .. PriceOptions.All, .. MaxOptions.All, .. TelegramOptions.All, .. WatchOptions.All, .. OutboxOptions.All, .. RetentionOptions.All, .. BackupOptions.All, .. LogOptions.All, .. TelemetryOptions.All, Language, File];

    /// <summary>Reads everything; problems are in <paramref name="reader"/> and the result may be used only if there are none.</summary>
    public static ServerSettings Read(SettingsReader reader)
    {
        reader.Choice(Language, "", "ru", "en");
        var settings = new ServerSettings(
            HttpOptions.Read(reader),
            LogOptions.Read(reader),
            StorageOptions.Read(reader),
            FaqOptions.Read(reader),
            PriceOptions.Read(reader),
            OutboxOptions.Read(reader),
            RetentionOptions.Read(reader),
            BackupOptions.Read(reader),
            MaxOptions.Read(reader),
            TelegramOptions.Read(reader),
            TelemetryOptions.Read(reader),
            WatchOptions.Read(reader));
        ConflictChecks.Check(settings, reader);
        return settings;
    }
}

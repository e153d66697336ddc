using OptFm.Server.Settings;

namespace OptFm.Server.Channels.Telegram;

/// <summary>Settings of Telegram.</summary>
public sealed record TelegramOptions
{
    public static readonly Setting BotToken = new("TELEGRAM_BOT_TOKEN", "", "the bot's token", "Token of the bot in Telegram. Empty: Telegram is off.", "Токен бота в Telegram. Пусто: Telegram выключен.") { Secret = true };
    public static readonly Setting BaseUrl = new("TELEGRAM_BASE_URL", "https://api.telegram.org", "http(s) address", "Where the Telegram Bot API is (for a self-hosted server).", "Адрес Telegram Bot API (для своего сервера).");
    public static readonly Setting WebhookUrl = new("TELEGRAM_WEBHOOK_URL", "", "https address", "Public address of `/webhook/telegram/`. Empty: updates are fetched by long polling.", "Публичный адрес `/webhook/telegram/`. Пусто: обновления забираются опросом.");
    public static readonly Setting SecretSetting = new("TELEGRAM_WEBHOOK_SECRET", "", "1–256 of A-Z a-z 0-9 _ -", "Proves that an update comes from Telegram. Empty: anybody can write to the bot.", "Доказывает, что обновление пришло от Telegram. Пусто: писать боту сможет кто угодно.") { Secret = true };
    public static readonly Setting RateLimit = new("TELEGRAM_RATE_LIMIT", "1800", "0–100000 per minute, 0 = no limit", "Calls per minute for the whole bot.", "Вызовов в минуту на весь бот.");
    public static readonly Setting ChatRateLimit = new("TELEGRAM_CHAT_RATE_LIMIT", "1", "0–1000 per second, 0 = no limit", "Messages per second in one chat. Groups are also held to 20 per minute, unless 0.", "Сообщений в секунду в одном чате. В группах также не больше 20 в минуту, кроме значения 0.");

    public static IReadOnlyList<Setting> All { get; } = [BotToken, BaseUrl, WebhookUrl, SecretSetting, RateLimit, ChatRateLimit];

    public required string Token { get; init; }

    public bool Enabled => Token.Length > 0;

    public required Uri Address { get; init; }

    public required Uri? Webhook { get; init; }

    public bool Polling => Webhook is null;

    public required string Secret { get; init; }

    public required int PerMinute { get; init; }

    public required int PerSecondInChat { get; init; }

    public static TelegramOptions Read(SettingsReader settings)
    {
        var options = new TelegramOptions
        {
            Token = settings.Text(BotToken),
            Address = settings.Address(BaseUrl) ?? new Uri(BaseUrl.Default),
            Webhook = settings.WebhookAddress(WebhookUrl, "/webhook/telegram"),
            Secret = settings.Text(SecretSetting),
            PerMinute = settings.Number(RateLimit, 0, 100_000),
            PerSecondInChat = settings.Number(ChatRateLimit, 0, 1000),
        };
        options.Check(settings);
        return options;
    }

    private void Check(SettingsReader settings)
    {
        if (!Enabled || Polling) return;

        if (Secret.Length == 0)
            settings.Warn(SecretSetting, "is empty: anybody who finds the address can write to the bot in a customer's name", "пуст: любой, кто найдёт адрес, сможет писать боту от имени покупателя");
        else if (!WebhookSecret.IsAcceptable(Secret, 1, 256))
            settings.Fail(SecretSetting, "must be 1 to 256 of A-Z a-z 0-9 _ -", "должен состоять из 1–256 знаков A-Z a-z 0-9 _ -");
    }
}

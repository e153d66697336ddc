using System.Security.Cryptography;
using OptFm.Server.Settings;

namespace OptFm.Server.Channels.Max;

/// <summary>Which MAX API the bot speaks.</summary>
public enum MaxDialect
{
    /// <summary>The vendor's API at <c>platform-api2.max.ru</c>.</summary>
    Official,

    /// <summary>The deployment guide's Telegram-shaped API.</summary>
    Compat,
}

/// <summary>Settings of MAX, both dialects: names and defaults of the deployment guide.</summary>
public sealed record MaxOptions
{
    public static readonly Setting ApiKey = new("MAX_API_KEY", "", "the bot's token", "Token of the bot in MAX. Empty: MAX is off.", "Токен бота в MAX. Пусто: MAX выключен.") { Secret = true };
    public static readonly Setting BaseUrl = new("MAX_BASE_URL", "https://max-api.chat/api", "http(s) address", "Where the MAX API is. `https://platform-api2.max.ru` is the official one.", "Адрес MAX API. Официальный: `https://platform-api2.max.ru`.");
    public static readonly Setting Api = new("MAX_API", "", "official, compat or empty", "Which MAX API it is. Empty: official for hosts under max.ru, else compat.", "Какой это MAX API. Пусто: official для узлов max.ru, иначе compat.");
    public static readonly Setting Updates = new("MAX_UPDATES", "webhook", "webhook or polling", "How updates arrive. Polling works with the official API only and needs no public address.", "Как приходят обновления. polling работает только с официальным API и не требует публичного адреса.");
    public static readonly Setting WebhookUrl = new("MAX_WEBHOOK_URL", "", "https address", "Public address of `/webhook/max/`. Required with MAX_API_KEY unless MAX_UPDATES=polling.", "Публичный адрес `/webhook/max/`. Обязателен вместе с MAX_API_KEY, кроме MAX_UPDATES=polling.");
    public static readonly Setting SecretSetting = new("MAX_WEBHOOK_SECRET", "", "5–256 of A-Z a-z 0-9 _ - for the official API", "Proves that an update comes from MAX. Empty: anybody can write to the bot.", "Доказывает, что обновление пришло от MAX. Пусто: писать боту сможет кто угодно.") { Secret = true };
    public static readonly Setting VerifySignature = new("MAX_VERIFY_SIGNATURE", "true", "true or false", "Whether the secret is checked. Never turn it off in production.", "Проверять ли секрет. Не выключайте в работе.");
    public static readonly Setting AllowedIps = new("MAX_ALLOWED_IPS", "", "addresses or networks, comma-separated", "Addresses that may deliver updates. Empty: all.", "Адреса, с которых принимаются обновления. Пусто: любые.");
    public static readonly Setting CaFile = new("MAX_CA_FILE", "", "path of a PEM file", "Extra root certificates trusted for the MAX API alone (the official host needs the Russian Trusted Root CA).", "Дополнительные корневые сертификаты только для MAX API (официальному узлу нужен корневой сертификат Минцифры).");
    public static readonly Setting Timeout = new("MAX_TIMEOUT", "10", "1–120 seconds", "How long one call to the MAX API may take.", "Сколько ждать ответа MAX API.");
    public static readonly Setting RetryAttempts = new("MAX_RETRY_ATTEMPTS", "3", "1–20", "How often a reply is tried when MAX refuses it for a reason that may pass. Outages (429, 5xx, network) are retried until the reply is too old.", "Сколько раз пробовать ответ, от которого MAX отказался по причине, которая может пройти. Сбои (429, 5xx, сеть) повторяются, пока ответ не устареет.");
    public static readonly Setting RateLimit = new("MAX_RATE_LIMIT", "1800", "0–100000 per minute, 0 = no limit", "Calls per minute for the whole bot.", "Вызовов в минуту на весь бот.");
    public static readonly Setting ChatRateLimit = new("MAX_CHAT_RATE_LIMIT", "2", "0–1000 per second, 0 = no limit", "Calls per second for one chat.", "Вызовов в секунду на один чат.");
    public static readonly Setting TestEndpoint = new("MAX_TEST_ENDPOINT", "on", "on or off", "Whether `POST /webhook/max/test` exists.", "Есть ли `POST /webhook/max/test`.");

    public static IReadOnlyList<Setting> All { get; } =
        [ApiKey, BaseUrl, Api, Updates, WebhookUrl, SecretSetting, VerifySignature, AllowedIps, CaFile, Timeout, RetryAttempts, RateLimit, ChatRateLimit, TestEndpoint];

    public required string Token { get; init; }

    public bool Enabled => Token.Length > 0;

    public required Uri Address { get; init; }

    public required MaxDialect Dialect { get; init; }

    public required bool Polling { get; init; }

    public required Uri? Webhook { get; init; }

    public required string Secret { get; init; }

    /// <summary>False when the secret is empty or MAX_VERIFY_SIGNATURE turns the check off.</summary>
    public required bool Verify { get; init; }

    /// <summary>Addresses and networks that may deliver updates; empty allows all.</summary>
    public required IReadOnlyList<System.Net.IPNetwork> AllowedNetworks { get; init; }

    public required string CertificateFile { get; init; }

    public required TimeSpan CallTimeout { get; init; }

    public required int Attempts { get; init; }

    public required int PerMinute { get; init; }

    public required int PerSecondInChat { get; init; }

    public required bool TestEndpointOn { get; init; }

    public static MaxOptions Read(SettingsReader settings)
    {
        var address = settings.Address(BaseUrl) ?? new Uri(BaseUrl.Default);
        var dialect = settings.Choice(Api, "", "official", "compat") switch
        {
            "official" => MaxDialect.Official,
            "compat" => MaxDialect.Compat,
            _ => IsOfficialHost(address) ? MaxDialect.Official : MaxDialect.Compat,
        };
        var options = new MaxOptions
        {
            Token = settings.Text(ApiKey),
            Address = address,
            Dialect = dialect,
            Polling = settings.Choice(Updates, "webhook", "polling") == "polling",
            Webhook = settings.WebhookAddress(WebhookUrl, "/webhook/max"),
            Secret = settings.Text(SecretSetting),
            Verify = settings.Switch(VerifySignature) && settings.IsSet(SecretSetting),
            AllowedNetworks = settings.Networks(AllowedIps),
            CertificateFile = settings.ReadableFile(CaFile),
            CallTimeout = TimeSpan.FromSeconds(settings.Number(Timeout, 1, 120)),
            Attempts = settings.Number(RetryAttempts, 1, 20),
            PerMinute = settings.Number(RateLimit, 0, 100_000),
            PerSecondInChat = settings.Number(ChatRateLimit, 0, 1000),
            TestEndpointOn = settings.Switch(TestEndpoint),
        };
        options.Check(settings);
        return options;
    }

    private void Check(SettingsReader settings)
    {
        CheckCertificates(settings);
        if (!Enabled) return;

        if (Polling && Dialect == MaxDialect.Compat)
            settings.Fail(Updates, "is polling, which only the official API offers: use webhook, or set MAX_BASE_URL or MAX_API to the official one", "равно polling, а это умеет только официальный API: поставьте webhook или укажите официальный API в MAX_BASE_URL или MAX_API");
        if (!Polling && Webhook is null)
            settings.Fail(WebhookUrl, "is required when MAX_API_KEY is set (or set MAX_UPDATES=polling)", "обязателен, если указан MAX_API_KEY (или поставьте MAX_UPDATES=polling)");
        if (Address.Host is "platform-api.max.ru" or "botapi.max.ru")
            settings.Warn(BaseUrl, "names a retired host: use https://platform-api2.max.ru", "указывает на отключённый узел: поставьте https://platform-api2.max.ru");
        if (Polling) return;

        if (Secret.Length == 0)
            settings.Warn(SecretSetting, "is empty: anybody who finds the address can write to the bot in a customer's name", "пуст: любой, кто найдёт адрес, сможет писать боту от имени покупателя");
        else if (!Verify)
            settings.Warn(VerifySignature, "is false: the secret is not checked, anybody can write to the bot in a customer's name", "равно false: секрет не проверяется, любой сможет писать боту от имени покупателя");
        if (Dialect == MaxDialect.Official && Secret.Length > 0 && !WebhookSecret.IsAcceptable(Secret, 5, 256))
            settings.Fail(SecretSetting, "must be 5 to 256 of A-Z a-z 0-9 _ - for the official API", "для официального API должен состоять из 5–256 знаков A-Z a-z 0-9 _ -");
    }

    private void CheckCertificates(SettingsReader settings)
    {
        if (!File.Exists(CertificateFile)) return;

        try
        {
            foreach (var certificate in MaxTrust.Load(CertificateFile)) certificate.Dispose();
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            settings.Fail(CaFile, "holds no certificate in PEM form", "не содержит сертификата в виде PEM");
        }
    }

    private static bool IsOfficialHost(Uri address) => address.Host == "max.ru" || address.Host.EndsWith(".max.ru", StringComparison.OrdinalIgnoreCase);
}

using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>Settings that connect a server to the fake messengers, without limits of its own and without its watch: the tests are to be quick, and each call theirs.</summary>
internal static class FaultSettings
{
    /// <summary>Fakes that refuse nothing by themselves and take any chat.</summary>
    public static SandboxOptions Sandbox(int seed) => new() { Seed = seed, LimitsOn = false, KnownChatsOnly = false };

    public static Dictionary<string, string> Compat(SandboxServer sandbox) => new(StringComparer.Ordinal)
    {
        ["MAX_API_KEY"] = sandbox.Compat.Token,
        ["MAX_BASE_URL"] = sandbox.CompatAddress.AbsoluteUri,
        ["MAX_API"] = "compat",
        ["MAX_WEBHOOK_URL"] = "https://bot.example/webhook/max/",
        ["MAX_WEBHOOK_SECRET"] = Crowd.Secret,
        ["WEBHOOK_WATCH"] = "off",
        ["MAX_RATE_LIMIT"] = "0",
        ["MAX_CHAT_RATE_LIMIT"] = "0",
    };

    public static Dictionary<string, string> MaxPolling(SandboxServer sandbox) => new(StringComparer.Ordinal)
    {
        ["MAX_API_KEY"] = sandbox.Max.Token,
        ["MAX_BASE_URL"] = sandbox.MaxAddress.AbsoluteUri,
        ["MAX_API"] = "official",
        ["MAX_UPDATES"] = "polling",
        ["WEBHOOK_WATCH"] = "off",
        ["MAX_RATE_LIMIT"] = "0",
        ["MAX_CHAT_RATE_LIMIT"] = "0",
    };

    public static Dictionary<string, string> TelegramPolling(SandboxServer sandbox) => new(StringComparer.Ordinal)
    {
        ["TELEGRAM_BOT_TOKEN"] = sandbox.Telegram.Token,
        ["TELEGRAM_BASE_URL"] = sandbox.TelegramAddress.AbsoluteUri,
        ["WEBHOOK_WATCH"] = "off",
        ["TELEGRAM_RATE_LIMIT"] = "0",
        ["TELEGRAM_CHAT_RATE_LIMIT"] = "0",
    };
}

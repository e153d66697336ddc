using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.MaxCompat;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Channels;

/// <summary>Channels over a stub, with settings as an administrator would write them.</summary>
internal static class TestChannels
{
    public const string Token = "123456:secret-token";

    public static MaxChannel Max(HttpMessageHandler handler, TimeProvider? time = null) =>
        new(MaxOptions("https://platform-api2.max.ru"), handler, time ?? TimeProvider.System, NullLogger<MaxChannel>.Instance);

    public static MaxCompatChannel Compat(HttpMessageHandler handler, string secret = "s3cret") =>
        new(MaxOptions("https://max-api.chat/api", secret), handler, TimeProvider.System, NullLogger<MaxCompatChannel>.Instance);

    public static TelegramChannel Telegram(HttpMessageHandler handler, string chatRate = "1") => new(
        TelegramOptions.Read(new SettingsReader(new Dictionary<string, string>
        {
            ["TELEGRAM_BOT_TOKEN"] = Token,
            ["TELEGRAM_WEBHOOK_URL"] = "https://shop.example/webhook/telegram/",
            ["TELEGRAM_WEBHOOK_SECRET"] = "s3cret",
            ["TELEGRAM_CHAT_RATE_LIMIT"] = chatRate,
        })),
        handler,
        TimeProvider.System,
        NullLogger<TelegramChannel>.Instance);

    public static MaxOptions MaxOptions(string address, string secret = "s3cret") => Server.Channels.Max.MaxOptions.Read(new SettingsReader(new Dictionary<string, string>
    {
        ["MAX_API_KEY"] = Token,
        ["MAX_BASE_URL"] = address,
        ["MAX_WEBHOOK_URL"] = "https://shop.example/webhook/max/",
        ["MAX_WEBHOOK_SECRET"] = secret,
    }));
}

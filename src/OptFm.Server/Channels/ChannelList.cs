using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.MaxCompat;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Settings;
using OptFm.Server.Telemetry;

namespace OptFm.Server.Channels;

/// <summary>THE list of messengers: those whose token is set. The web page is a channel too and needs none.</summary>
public static class ChannelList
{
    /// <param name="meter">Told of failed calls, if given.</param>
    public static IReadOnlyList<IChannel> Messengers(ServerSettings settings, TimeProvider time, ILoggerFactory logs, BotMeter? meter = null)
    {
        var channels = new List<IChannel>();
        if (settings.Max.Enabled)
        {
            WarnOfExpiry(settings.Max, time, logs.CreateLogger<MaxChannel>());
            channels.Add(Max(settings.Max, time, logs, meter));
        }

        if (settings.Telegram.Enabled) channels.Add(Telegram(settings.Telegram, time, logs, meter));
        return channels;
    }

    /// <summary>Whether the channel's updates are fetched rather than delivered.</summary>
    public static bool IsPolled(IChannel channel, ServerSettings settings) => channel switch
    {
        MaxChannel => settings.Max.Polling,
        TelegramChannel => settings.Telegram.Polling,
        _ => false,
    };

    public static IChannel Max(MaxOptions options, TimeProvider time, ILoggerFactory logs, BotMeter? meter = null) => options.Dialect == MaxDialect.Official
        ? new MaxChannel(options, Counted(MaxChannel.Key, meter, MaxTrust.Handler(options.CertificateFile)), time, logs.CreateLogger<MaxChannel>())
        : new MaxCompatChannel(options, Counted(MaxCompatChannel.Key, meter, MaxTrust.Handler(options.CertificateFile)), time, logs.CreateLogger<MaxCompatChannel>());

    public static IChannel Telegram(TelegramOptions options, TimeProvider time, ILoggerFactory logs, BotMeter? meter = null) =>
        new TelegramChannel(options, Counted(TelegramChannel.Key, meter, MessengerClient.Handler()), time, logs.CreateLogger<TelegramChannel>());

    private static HttpMessageHandler Counted(string channel, BotMeter? meter, HttpMessageHandler handler) =>
        meter is null ? handler : new ApiErrorCounter(channel, meter, handler);

    /// <summary>The Russian Trusted Sub CA expires on 2027-03-06: an administrator should not learn it from silence.</summary>
    private static void WarnOfExpiry(MaxOptions options, TimeProvider time, ILogger log)
    {
        if (options.CertificateFile.Length == 0) return;

        foreach (var (subject, end) in MaxTrust.Expiring(options.CertificateFile, time, TimeSpan.FromDays(30)))
            log.LogWarning("MAX_CA_FILE: {Subject} expires on {End:yyyy-MM-dd}; get the new certificate in time", subject, end);
    }
}

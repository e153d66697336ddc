using OptFm.Server.Channels;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Doctor.Checks;
using OptFm.Server.Settings;

namespace OptFm.Server.Watchdog;

/// <summary>A messenger whose subscription is looked after.</summary>
/// <param name="Channel">As in the channel's table key, such as <c>max-compat</c>.</param>
/// <param name="About">What can be wrong with it.</param>
/// <param name="Admin">Asks and subscribes.</param>
/// <param name="Webhook">Where it should deliver; null: updates are fetched by polling.</param>
/// <param name="Secret">What deliveries prove themselves with; empty for nothing.</param>
internal sealed record WatchedMessenger(string Channel, MessengerDiagnoses About, IWebhookAdmin Admin, Uri? Webhook, string Secret)
{
    public static IReadOnlyList<WatchedMessenger> All(IEnumerable<IChannel> channels, ServerSettings settings) =>
        [.. channels.OfType<IDeliveredChannel>().Select(channel => Of(channel, settings))];

    private static WatchedMessenger Of(IDeliveredChannel channel, ServerSettings settings)
    {
        var (max, telegram) = (settings.Max, settings.Telegram);
        return channel is TelegramChannel
            ? new(channel.Name, MessengerDiagnoses.Telegram, channel.Admin, telegram.Webhook, telegram.Secret)
            : new(channel.Name, MessengerDiagnoses.Max, channel.Admin, max.Polling ? null : max.Webhook, max.Secret);
    }
}

using System.Collections.Frozen;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Channels.Web;

namespace OptFm.Server.Telemetry;

/// <summary>Names of updates as a metric's label: those that are known, and one for all others, since anybody may make up names.</summary>
internal static class UpdateTypes
{
    private static readonly FrozenSet<string> Known = ((string[])[.. MaxUpdate.Types, .. TelegramUpdate.Types, "text", "press", "start"]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a customer's ordinary deeds are called.</summary>
    public static IReadOnlyList<string> Usual(string channel) => channel switch
    {
        MaxChannel.Key => ["message_created", "message_callback", "bot_started"],
        WebChannel.ChannelName => ["text", "press", "start"],
        _ => ["message", "callback_query"],
    };

    public static string Label(string type) => Known.Contains(type) ? type : MetricLabels.Other;
}

using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OptFm.Server.Operations;

namespace OptFm.Server.Watchdog;

/// <summary>What the watch found, for /health and /webhook/*/status. Anybody may read it: ids and times, no addresses and nobody's words.</summary>
internal static class WatchStatus
{
    public static JsonArray Health(IEnumerable<WatchWarning> warnings) => [.. warnings.Select(warning => (JsonNode)new JsonObject
    {
        ["id"] = warning.Id,
        ["level"] = warning.Level,
        ["since"] = Time(warning.Since),
    })];

    public static void MapTelegram(this IEndpointRouteBuilder routes, string channel, bool enabled, bool polling, WatchBoard board) =>
        routes.MapGet("/webhook/telegram/status", context => JsonAnswer.WriteAsync(context, HttpStatusCode.OK, json =>
        {
            json.WriteString("status", "ok");
            json.WriteString("telegram_integration", enabled ? "enabled" : "disabled");
            json.WriteString("updates", polling ? "polling" : "webhook");
            Write(json, channel, board.Latest);
        }));

    public static void Write(Utf8JsonWriter json, string channel, WatchPicture picture)
    {
        var (state, deliveries) = (picture.Of(channel), picture.DeliveriesOf(channel));
        json.WriteStartObject("subscription");
        json.WriteString("state", Word(state.Subscription));
        Write(json, "checked_at", state.CheckedAt);
        Write(json, "last_accepted", deliveries.Accepted);
        if (deliveries.Failing) Write(json, "refused_since", deliveries.RefusedSince);
        if (state.Pending is { } pending) json.WriteNumber("pending", pending);
        if (state.Repairs.Last is { } repaired) Write(json, "subscribed_again", repaired);
        json.WriteStartArray("warnings");
        foreach (var warning in state.Warnings.Concat(picture.Of(WatchState.Certificates).Warnings)) json.WriteStringValue(warning.Id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(Subscription subscription) => subscription switch
    {
        Subscription.Stands => "stands",
        Subscription.Gone => "gone",
        Subscription.Polling => "polling",
        Subscription.Excluded => "excludes_polling",
        _ => "unknown",
    };

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known) json.WriteString(name, Time(known));
        else json.WriteNull(name);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
}

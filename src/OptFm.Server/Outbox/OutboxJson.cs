using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OptFm.Server.Channels;

namespace OptFm.Server.Outbox;

/// <summary>How a reply is written in the outbox. The chat is a column of its own, because a chat can move.</summary>
public static class OutboxJson
{
    // Cyrillic as itself: half the bytes, and readable by whoever looks into the database. It never gets into HTML from here.
    private static readonly OutboxJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(OutboundMessage message) =>
        JsonSerializer.Serialize(message with { Chat = "" }, Context.OutboundMessage);

    public static OutboundMessage Read(string json, string chat) =>
        JsonSerializer.Deserialize(json, Context.OutboundMessage)! with { Chat = chat };
}

[JsonSerializable(typeof(OutboundMessage))]
internal sealed partial class OutboxJsonContext : JsonSerializerContext;

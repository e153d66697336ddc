using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptFm.Server.Channels.Web;

/// <summary>
/// What the page posts: <c>{"id","text"}</c>, <c>{"id","press","message"?,"label"?}</c> or <c>{"id","start":true}</c>.
/// The inbox keeps the same with the chat beside it.
/// </summary>
/// <param name="Id">Made by the page; the same when the page repeats itself after a lost answer.</param>
/// <param name="Kind">What the customer did.</param>
public sealed record WebPost(string Id, InboundKind Kind)
{
    public const int MostIdLength = 64;

    /// <summary>In UTF-16 units, which is what a browser's maxlength counts.</summary>
    public const int MostTextLength = 4000;

    public const int MostPayloadBytes = 64;

    private const int MostLabelLength = 128;
    private static readonly SearchValues<char> IdChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 64 };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The customer's words, or the label of the pressed button.</summary>
    public string Text { get; private init; } = "";

    public string? Payload { get; private init; }

    /// <summary>The outbox id of the message whose button was pressed.</summary>
    public string? Message { get; private init; }

    public static bool IsObject(ReadOnlyMemory<byte> json) => Read<object>(json, _ => true) is true;

    /// <summary>Reads what a browser sent.</summary>
    /// <returns>Either the post or, for the caller to be told, what is wrong with it.</returns>
    public static (WebPost? Post, string? Problem) Read(ReadOnlyMemory<byte> json) =>
        Read<(WebPost?, string?)?>(json, root => Parse(root)) ?? (null, "the body is not a JSON object");

    /// <returns>Null when it is not what <see cref="Store"/> writes.</returns>
    public static (string Chat, WebPost Post)? ReadStored(ReadOnlyMemory<byte> json) =>
        Read<(string, WebPost)?>(json, root => Parse(root).Post is { } post && String(root, "chat") is { Length: > 0 } chat ? (chat, post) : null);

    /// <summary>The JSON to keep in the inbox.</summary>
    public byte[] Store(string chat)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("chat", chat);
            writer.WriteString("id", Id);
            WriteDeed(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public Update ToUpdate(string chat) => new($"{chat}:{Id}", Type, chat)
    {
        Message = Kind == InboundKind.Button
            ? new(Kind, chat, "") { Payload = Payload, CallbackId = Id, MessageId = Message }
            : new(Kind, chat, Text),
    };

    private string Type => Kind switch { InboundKind.Button => "press", InboundKind.Started => "start", _ => "text" };

    private void WriteDeed(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case InboundKind.Started:
                writer.WriteBoolean("start", true);
                break;
            case InboundKind.Button:
                writer.WriteString("press", Payload);
                if (Message is not null) writer.WriteString("message", Message);
                if (Text.Length > 0) writer.WriteString("label", Text);
                break;
            default:
                writer.WriteString("text", Text);
                break;
        }
    }

    private static (WebPost? Post, string? Problem) Parse(JsonElement root)
    {
        if (String(root, "id") is not { Length: > 0 and <= MostIdLength } id || id.AsSpan().ContainsAnyExcept(IdChars))
            return (null, "id must be 1 to 64 of A-Z a-z 0-9 _ -");

        if (root.TryGetProperty("start", out var start) && start.ValueKind == JsonValueKind.True) return (new(id, InboundKind.Started), null);
        if (root.TryGetProperty("press", out _)) return ParsePress(root, id);

        return String(root, "text") switch
        {
            null => (null, "one of text, press and start is needed"),
            { Length: > MostTextLength } => (null, "text is longer than 4000 characters"),
            var text when string.IsNullOrWhiteSpace(text) => (null, "text is empty"),
            var text => (new(id, InboundKind.Text) { Text = text }, null),
        };
    }

    private static (WebPost? Post, string? Problem) ParsePress(JsonElement root, string id)
    {
        if (String(root, "press") is not { Length: > 0 } payload || Encoding.UTF8.GetByteCount(payload) > MostPayloadBytes)
            return (null, "press must be a payload of 1 to 64 bytes");

        var message = String(root, "message");
        if (message is not null && (message.Length is 0 or > 19 || message.AsSpan().ContainsAnyExceptInRange('0', '9')))
            return (null, "message must be the id of a message");

        var label = String(root, "label") ?? "";
        return label.Length > MostLabelLength
            ? (null, "label is longer than 128 characters")
            : (new(id, InboundKind.Button) { Payload = payload, Message = message, Text = label }, null);
    }

    private static string? String(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static T? Read<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Depth);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is no UTF-8, or escapes half a surrogate pair.
            return default;
        }
    }
}

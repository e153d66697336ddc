using System.Text.Json;

namespace OptFm.Server.Channels.Max;

/// <summary>
/// Reads an update of the official API. It has no <c>update_id</c>: each type has an identity of its own. Optional fields may be missing
/// whatever the schema says. https://dev.max.ru/docs-api/objects/Update
/// </summary>
internal static class MaxUpdate
{
    /// <summary>Chats known only by their user: a callback whose message is gone names no chat.</summary>
    public const string UserPrefix = "user:";

    /// <summary>Every type the API documents; a subscription asks for all of them.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "bot_added", "bot_started", "bot_stopped", "bot_removed", "chat_title_changed", "dialog_cleared", "dialog_muted", "dialog_unmuted",
        "dialog_removed", "message_callback", "message_created", "message_edited", "message_removed", "user_added", "user_removed",
    ];

    public static Update? Read(ReadOnlyMemory<byte> json)
    {
        using var document = UpdateJson.Parse(json);
        if (document is null) return null;

        var root = document.RootElement;
        var type = root.Get("update_type").Words();
        return type switch
        {
            null => Skip(Hashed(json), "unknown", "", "no update_type: not an update of MAX"),
            "message_created" => Created(root, json),
            "message_edited" => Skip(EditedKey(root) ?? Hashed(json), type, ChatOf(root), "an edited message is not answered again"),
            "message_removed" => Skip(RemovedKey(root) ?? Hashed(json), type, ChatOf(root), "a removed message needs no answer"),
            "message_callback" => Callback(root, json),
            "bot_started" => Started(root, json),
            "bot_stopped" or "dialog_removed" or "bot_removed" => Stopped(type, root, json),
            _ when Types.Contains(type) => Skip(EventKey(type, root) ?? Hashed(json), type, ChatOf(root), $"{type} needs no answer"),
            _ => Skip(Hashed(json), UpdateJson.Name(type), ChatOf(root), $"unknown update type '{UpdateJson.Name(type)}'"),
        };
    }

    private static Update Created(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var message = root.Get("message");
        var key = message.Get("body").Get("mid").Words() is { } mid ? UpdateJson.Key("message_created", mid) : Hashed(json);
        var sender = message.Get("sender");
        var chat = MessageChat(message, sender);
        var update = new Update(key, "message_created", chat);

        if (!message.Exists()) return update with { Skipped = "there is no message in it" };
        if (message.Get("recipient").Get("chat_type").Text() == "channel") return update with { Skipped = "a post in a channel" };
        if (!sender.Exists()) return update with { Skipped = "a post in a channel: it has no sender" };
        if (sender.Get("is_bot").IsTrue()) return update with { Skipped = "written by a bot" };
        if (chat.Length == 0) return update with { Skipped = "it names no chat to answer in" };
        if (message.Get("body").Get("text").Words() is not { } text) return update with { Skipped = "the message has no text" };

        return update with { Message = Who(new InboundMessage(InboundKind.Text, chat, text), sender, root) };
    }

    private static Update Callback(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var callback = root.Get("callback");
        var user = callback.Get("user");
        var message = root.Get("message");
        var payload = callback.Get("payload").Text();
        var id = callback.Get("callback_id").Words();
        var chat = MessageChat(message, user);
        var key = id is null ? Hashed(json) : UpdateJson.Key("message_callback", id, callback.Get("timestamp").Id(), user.Get("user_id").Id(), payload);
        var update = new Update(key, "message_callback", chat);

        if (id is null) return update with { Skipped = "the callback has no callback_id" };
        if (user.Get("is_bot").IsTrue()) return update with { Skipped = "pressed by a bot" };
        if (chat.Length == 0) return update with { Skipped = "it names neither a chat nor a user to answer" };

        var press = new InboundMessage(InboundKind.Button, chat, "")
        {
            Payload = payload ?? "",
            CallbackId = id,
            MessageId = message.Get("body").Get("mid").Words(),
        };
        return update with { Message = Who(press, user, root) };
    }

    private static Update Started(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var chat = EventChat(root);
        var update = new Update(EventKey("bot_started", root) ?? Hashed(json), "bot_started", chat);
        if (chat.Length == 0) return update with { Skipped = "it names no chat to answer in" };

        var started = new InboundMessage(InboundKind.Started, chat, "") { Payload = root.Get("payload").Words() };
        return update with { Message = Who(started, root.Get("user"), root) };
    }

    private static Update Stopped(string type, JsonElement root, ReadOnlyMemory<byte> json)
    {
        var chat = EventChat(root);
        var update = new Update(EventKey(type, root) ?? Hashed(json), type, chat);
        return chat.Length == 0
            ? update with { Skipped = "it names no chat" }
            : update with { Message = Who(new InboundMessage(InboundKind.Stopped, chat, ""), root.Get("user"), root) };
    }

    private static InboundMessage Who(InboundMessage message, JsonElement user, JsonElement root) => message with
    {
        FirstName = user.Get("first_name").Words() ?? user.Get("name").Words(),
        Language = root.Get("user_locale").Words(),
    };

    private static string? EditedKey(JsonElement root)
    {
        var body = root.Get("message").Get("body");
        return body.Get("mid").Words() is { } mid
            ? UpdateJson.Key("message_edited", mid, root.Get("timestamp").Id(), UpdateJson.Hash(body.Raw()))
            : null;
    }

    private static string? RemovedKey(JsonElement root) =>
        root.Get("message_id").Words() is { } id ? UpdateJson.Key("message_removed", id) : null;

    /// <summary>Null where an event lacks what would tell it from the next one of its type.</summary>
    private static string? EventKey(string type, JsonElement root) => root.Get("timestamp").Id() is { } time && EventChat(root) is { Length: > 0 }
        ? UpdateJson.Key(type, root.Get("chat_id").Id(), EventUser(root), time)
        : null;

    private static string? EventUser(JsonElement root) => root.Get("user").Get("user_id").Id() ?? root.Get("user_id").Id();

    private static string EventChat(JsonElement root) =>
        root.Get("chat_id").Id() ?? (EventUser(root) is { } user ? UserPrefix + user : "");

    private static string ChatOf(JsonElement root)
    {
        var message = root.Get("message");
        return message.Exists() ? MessageChat(message, message.Get("sender")) : EventChat(root);
    }

    private static string MessageChat(JsonElement message, JsonElement person) =>
        message.Get("recipient").Get("chat_id").Id() ?? (person.Get("user_id").Id() is { } user ? UserPrefix + user : "");

    private static string Hashed(ReadOnlyMemory<byte> json) => $"sha256:{UpdateJson.Hash(json.Span)}";

    private static Update Skip(string key, string type, string chat, string why) => new(key, type, chat) { Skipped = why };
}

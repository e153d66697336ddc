using System.Text.Json;

namespace OptFm.Server.Channels.Telegram;

/// <summary>
/// Reads an update of Telegram or of the deployment guide's Telegram-shaped API, whose ids may be strings and whose <c>update_id</c> may be
/// absent. https://core.telegram.org/bots/api#update
/// </summary>
internal static class TelegramUpdate
{
    /// <summary>What a webhook or a poll asks for.</summary>
    public static readonly IReadOnlyList<string> Types = ["message", "edited_message", "callback_query", "my_chat_member"];

    public static Update? Read(ReadOnlyMemory<byte> json)
    {
        using var document = UpdateJson.Parse(json);
        if (document is null) return null;

        var root = document.RootElement;
        if (root.Get("message").Exists()) return Message(root, json);
        if (root.Get("callback_query").Exists()) return Callback(root, json);
        if (root.Get("my_chat_member").Exists()) return Member(root, json);
        if (root.Get("edited_message").Exists()) return Edited(root, json);
        return Other(root, json);
    }

    private static Update Message(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var message = root.Get("message");
        var chat = message.Get("chat").Get("id").Id() ?? "";
        var from = message.Get("from");
        var update = new Update(MessageKey(root, message, "message") ?? Hashed(json), "message", chat);

        if (message.ValueKind != JsonValueKind.Object) return update with { Skipped = "there is no message in it" };
        if (!from.Exists() || message.Get("chat").Get("type").Text() == "channel") return update with { Skipped = "a post in a channel: it has no sender" };
        if (from.Get("is_bot").IsTrue()) return update with { Skipped = "written by a bot" };
        if (chat.Length == 0) return update with { Skipped = "it names no chat to answer in" };
        if ((message.Get("text").Words() ?? message.Get("caption").Words()) is not { } text) return update with { Skipped = "the message has no text" };

        return update with { Message = Who(new InboundMessage(InboundKind.Text, chat, WithoutBotName(text)), from) };
    }

    private static Update Callback(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var query = root.Get("callback_query");
        var id = query.Get("id").Words() ?? query.Get("id").Id();
        var from = query.Get("from");
        var message = query.Get("message");

        // Where the message is gone, the press came from the private chat, whose id is the person's.
        var chat = message.Get("chat").Get("id").Id() ?? from.Get("id").Id() ?? "";
        var key = id is null ? Hashed(json) : UpdateJson.Key(root.Get("update_id").Id() ?? "-", "callback_query", id);
        var update = new Update(key, "callback_query", chat);

        if (id is null) return update with { Skipped = "the callback has no id" };
        if (chat.Length == 0) return update with { Skipped = "it names neither a chat nor a user to answer" };
        if (from.Get("is_bot").IsTrue()) return update with { Skipped = "pressed by a bot" };

        var press = new InboundMessage(InboundKind.Button, chat, "")
        {
            Payload = query.Get("data").Text() ?? "",
            CallbackId = id,
            MessageId = message.Get("message_id").Id(),
        };
        return update with { Message = Who(press, from) };
    }

    private static Update Member(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var change = root.Get("my_chat_member");
        var chat = change.Get("chat").Get("id").Id() ?? "";
        var key = root.Get("update_id").Id() is { } id ? UpdateJson.Key(id, "my_chat_member", chat, change.Get("date").Id()) : Hashed(json);
        var update = new Update(key, "my_chat_member", chat);

        var left = change.Get("new_chat_member").Get("status").Text() is "kicked" or "left";
        if (!left || chat.Length == 0) return update with { Skipped = "the bot's membership needs no answer" };
        return update with { Message = Who(new InboundMessage(InboundKind.Stopped, chat, ""), change.Get("from")) };
    }

    private static Update Edited(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var message = root.Get("edited_message");
        var key = root.Get("update_id").Exists() ? MessageKey(root, message, "edited_message") : null;
        return new Update(key ?? Hashed(json), "edited_message", message.Get("chat").Get("id").Id() ?? "")
        {
            Skipped = "an edited message is not answered again",
        };
    }

    private static Update Other(JsonElement root, ReadOnlyMemory<byte> json)
    {
        var type = "unknown";
        foreach (var property in root.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object) type = UpdateJson.Name(property.Name);
        }

        var key = root.Get("update_id").Id() is { } id ? UpdateJson.Key(id, type, UpdateJson.Hash(json.Span)) : Hashed(json);
        var why = type == "unknown" ? "there is no message in it" : $"unknown update type '{type}'";
        return new Update(key, type, root.Get(type).Get("chat").Get("id").Id() ?? "") { Skipped = why };
    }

    /// <summary>
    /// Message and chat belong to the key even where there is an <c>update_id</c>: Telegram restarts those at a random number.
    /// </summary>
    private static string? MessageKey(JsonElement root, JsonElement message, string type)
    {
        var chat = message.Get("chat").Get("id").Id();
        var id = message.Get("message_id").Id();
        var update = root.Get("update_id").Id();
        if (update is null && (chat is null || id is null)) return null;
        return UpdateJson.Key(update ?? "-", type, chat, id, message.Get("edit_date").Id());
    }

    private static InboundMessage Who(InboundMessage message, JsonElement from) => message with
    {
        FirstName = from.Get("first_name").Words(),
        Language = from.Get("language_code").Words(),
    };

    /// <summary>In groups commands carry the bot's name: <c>/faq@optfm_bot</c>.</summary>
    private static string WithoutBotName(string text)
    {
        if (text[0] != '/') return text;
        var end = text.AsSpan().IndexOfAny(" \n\t");
        var command = end < 0 ? text : text[..end];
        var at = command.IndexOf('@');
        return at < 0 ? text : string.Concat(command.AsSpan(0, at), text.AsSpan(command.Length));
    }

    private static string Hashed(ReadOnlyMemory<byte> json) => $"sha256:{UpdateJson.Hash(json.Span)}";
}

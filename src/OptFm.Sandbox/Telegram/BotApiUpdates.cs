using System.Text.Json;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary>Makes the updates of customers' acts.</summary>
internal sealed class BotApiUpdates(BotApiMessenger bot, BotApiMessages messages)
{
    private long Now => bot.Parts.Time.GetUtcNow().ToUnixTimeSeconds();

    internal PendingUpdate Message(string type, string id, string chat, string text, Customer who)
    {
        var now = Now;
        return New(type, chat, id, json => json.WriteObject(type, message =>
        {
            message.WriteId("message_id", id);
            message.WriteObject("from", from => BotApiJson.WriteUser(from, chat, who));
            message.WriteObject("chat", to => BotApiJson.WriteChat(to, chat, who));
            message.WriteNumber("date", now);
            if (type == "edited_message") message.WriteNumber("edit_date", now);
            message.WriteString("text", text);
            if (text.StartsWith('/')) WriteCommand(message, text);
        }));
    }

    internal PendingUpdate Press(Press press, string payload, StoredMessage? pressed, Customer who) =>
        New("callback_query", press.Chat, press.CallbackId, json =>
        json.WriteObject("callback_query", query =>
        {
            query.WriteString("id", press.CallbackId);
            query.WriteObject("from", from => BotApiJson.WriteUser(from, press.Chat, who));
            if (pressed is not null) query.WriteObject("message", message => messages.WriteMessage(message, pressed));
            query.WriteString("chat_instance", $"{MessageHash(press.Chat)}");
            query.WriteString("data", payload);
        }));

    internal PendingUpdate Membership(string chat, Customer who, string before, string after)
    {
        var now = Now;
        return New("my_chat_member", chat, null, json => json.WriteObject("my_chat_member", change =>
        {
            change.WriteObject("chat", to => BotApiJson.WriteChat(to, chat, who));
            change.WriteObject("from", from => BotApiJson.WriteUser(from, chat, who));
            change.WriteNumber("date", now);
            change.WriteObject("old_chat_member", member => WriteMember(member, before));
            change.WriteObject("new_chat_member", member => WriteMember(member, after));
        }));
    }

    private static void WriteCommand(Utf8JsonWriter message, string text)
    {
        message.WriteStartArray("entities");
        message.WriteStartObject();
        message.WriteNumber("offset", 0);
        message.WriteNumber("length", text.Split(' ', '\n')[0].Length);
        message.WriteString("type", "bot_command");
        message.WriteEndObject();
        message.WriteEndArray();
    }

    /// <summary>Stable between runs, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static long MessageHash(string chat) => chat.Aggregate(1469598103934665603L, static (hash, letter) => unchecked((hash ^ letter) * 1099511628211L));

    private void WriteMember(Utf8JsonWriter json, string status)
    {
        json.WriteObject("user", bot.WriteBot);
        json.WriteString("status", status);
        if (status == "kicked") json.WriteNumber("until_date", 0);
    }

    private PendingUpdate New(string type, string chat, string? id, Action<Utf8JsonWriter> write) => new(type, chat, number => JsonText.Object(json =>
    {
        if (bot.NumbersUpdates) json.WriteNumber("update_id", number);
        write(json);
    }))
    {
        Id = id,
    };
}

using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Max;

/// <summary>Writes MAX's updates. None carries an id of its own; a message's <c>seq</c> exceeds 2^53.</summary>
internal static class MaxUpdates
{
    internal static byte[] MessageCreated(string chat, string mid, long seq, string text, Customer who, long now) =>
        Message("message_created", chat, mid, seq, text, who, now);

    internal static byte[] MessageEdited(string chat, string mid, long seq, string text, Customer who, long now) =>
        Message("message_edited", chat, mid, seq, text, who, now);

    internal static byte[] MessageCallback(
        string chat, string callbackId, string payload, StoredMessage? message, Customer who, long now) => JsonText.Object(json =>
    {
        json.WriteStartObject("callback");
        json.WriteNumber("timestamp", now);
        json.WriteString("callback_id", callbackId);
        json.WriteObject("user", user => user.WriteUser(chat, who, now));
        json.WriteString("payload", payload);
        json.WriteEndObject();
        if (message is null) json.WriteNull("message");
        else json.WriteBotMessage(message);
        json.WriteNumber("timestamp", now);
        json.WriteIfAny("user_locale", who.Language);
        json.WriteString("update_type", "message_callback");
    });

    /// <summary><c>bot_started</c>, <c>bot_stopped</c>, <c>dialog_removed</c> and the like.</summary>
    internal static byte[] Dialog(string type, string chat, string? payload, Customer who, long now) => JsonText.Object(json =>
    {
        json.WriteNumber("timestamp", now);
        json.WriteId("chat_id", chat);
        json.WriteObject("user", user => user.WriteUser(chat, who, now));
        json.WriteIfAny("payload", payload);
        json.WriteIfAny("user_locale", who.Language);
        json.WriteId("user_id", who.UserId ?? MaxIds.UserOf(chat));
        json.WriteString("update_type", type);
    });

    private static byte[] Message(string type, string chat, string mid, long seq, string text, Customer who, long now) => JsonText.Object(json =>
    {
        json.WriteStartObject("message");
        json.WriteRecipient(chat, $"{MaxJson.BotId}");
        json.WriteNumber("timestamp", now);
        json.WriteBody(mid, seq, text, []);
        json.WriteObject("sender", sender => sender.WriteUser(chat, who, now));
        json.WriteEndObject();
        json.WriteNumber("timestamp", now);
        json.WriteIfAny("user_locale", MaxJson.IsGroup(chat) ? null : who.Language);
        json.WriteString("update_type", type);
    });
}

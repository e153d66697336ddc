using System.Globalization;
using System.Text.Json;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Max;

/// <summary>Writes MAX's objects: users, recipients, messages, keyboards.</summary>
internal static class MaxJson
{
    internal const long BotId = 229_229_229;

    internal static void WriteBot(this Utf8JsonWriter json, long now)
    {
        json.WriteNumber("user_id", BotId);
        json.WriteString("first_name", "Бот песочницы");
        json.WriteString("username", "sandbox_bot");
        json.WriteBoolean("is_bot", true);
        json.WriteNumber("last_activity_time", now);
        json.WriteString("name", "Бот песочницы");
    }

    internal static void WriteUser(this Utf8JsonWriter json, string chat, Customer who, long now)
    {
        json.WriteId("user_id", who.UserId ?? MaxIds.UserOf(chat));
        json.WriteString("first_name", who.FirstName);
        json.WriteIfAny("last_name", who.LastName);
        json.WriteIfAny("username", who.Username);
        json.WriteBoolean("is_bot", false);
        json.WriteNumber("last_activity_time", now - 1000);
        json.WriteString("name", who.LastName is null ? who.FirstName : $"{who.FirstName} {who.LastName}");
    }

    /// <param name="user">The other side of a dialog; groups have none.</param>
    internal static void WriteRecipient(this Utf8JsonWriter json, string chat, string user)
    {
        json.WriteStartObject("recipient");
        json.WriteId("chat_id", chat);
        json.WriteString("chat_type", IsGroup(chat) ? "chat" : "dialog");
        if (!IsGroup(chat)) json.WriteId("user_id", user);
        json.WriteEndObject();
    }

    internal static void WriteBody(this Utf8JsonWriter json, string mid, long seq, string text, IReadOnlyList<IReadOnlyList<SeenButton>> keyboard)
    {
        json.WriteStartObject("body");
        json.WriteString("mid", mid);
        json.WriteNumber("seq", seq);
        json.WriteString("text", text);
        if (keyboard.Count > 0) WriteKeyboard(json, keyboard);
        json.WriteEndObject();
    }

    /// <summary>A message of the bot, as answers to it and presses of its buttons show it.</summary>
    internal static void WriteBotMessage(this Utf8JsonWriter json, StoredMessage message)
    {
        var sentAt = message.SentAt.ToUnixTimeMilliseconds();
        json.WriteStartObject("message");
        json.WriteRecipient(message.Chat, MaxIds.UserOf(message.Chat));
        json.WriteNumber("timestamp", sentAt);
        json.WriteBody(message.Id, SeqOf(message.Id), message.Text, message.Keyboard);
        json.WriteObject("sender", sender => sender.WriteBot(sentAt));
        json.WriteEndObject();
    }

    internal static bool IsGroup(string chat) => chat.StartsWith('-');

    private static long SeqOf(string mid) =>
        mid.Length == 36 && long.TryParse(mid.AsSpan(20), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seq) ? seq : 0;

    private static void WriteKeyboard(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<SeenButton>> keyboard)
    {
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("type", "inline_keyboard");
        json.WriteStartObject("payload");
        json.WriteStartArray("buttons");
        foreach (var row in keyboard) WriteRow(json, row);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<SeenButton> row)
    {
        json.WriteStartArray();
        foreach (var button in row)
        {
            json.WriteStartObject();
            json.WriteString("type", button.Type);
            json.WriteString("text", button.Text);
            json.WriteIfAny("payload", button.Payload);
            json.WriteIfAny("url", button.Url);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

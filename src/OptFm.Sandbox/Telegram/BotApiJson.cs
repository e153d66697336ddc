using System.Text.Json;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Telegram;

/// <summary>Writes the Bot API's objects.</summary>
internal static class BotApiJson
{
    internal static void WriteChat(Utf8JsonWriter json, string chat, Customer? who = null)
    {
        json.WriteId("id", chat);
        if (IsGroup(chat))
        {
            json.WriteString("title", "Оптовики");
            json.WriteString("type", chat.StartsWith("-100", StringComparison.Ordinal) ? "supergroup" : "group");
            return;
        }
        if (who is not null) WriteNames(json, who);
        json.WriteString("type", "private");
    }

    internal static void WriteUser(Utf8JsonWriter json, string chat, Customer who)
    {
        json.WriteId("id", who.UserId ?? UserOf(chat));
        json.WriteBoolean("is_bot", false);
        WriteNames(json, who);
        json.WriteIfAny("language_code", who.Language);
    }

    internal static void WriteKeyboard(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<SeenButton>> keyboard)
    {
        json.WriteStartObject("reply_markup");
        json.WriteStartArray("inline_keyboard");
        foreach (var row in keyboard)
        {
            json.WriteStartArray();
            foreach (var button in row) WriteButton(json, button);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static bool IsGroup(string chat) => chat.StartsWith('-');

    /// <summary>In a private chat the chat's id is the person's.</summary>
    internal static string UserOf(string chat) => chat.TrimStart('-');

    private static void WriteButton(Utf8JsonWriter json, SeenButton button)
    {
        json.WriteStartObject();
        json.WriteString("text", button.Text);
        json.WriteIfAny("callback_data", button.Payload);
        json.WriteIfAny("url", button.Url);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, Customer who)
    {
        json.WriteString("first_name", who.FirstName);
        json.WriteIfAny("last_name", who.LastName);
        json.WriteIfAny("username", who.Username);
    }
}

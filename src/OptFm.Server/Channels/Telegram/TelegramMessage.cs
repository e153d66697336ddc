using System.Text.Json;

namespace OptFm.Server.Channels.Telegram;

/// <summary>Writes messages the way Telegram-shaped APIs want them. https://core.telegram.org/bots/api#sendmessage</summary>
internal static class TelegramMessage
{
    /// <summary>https://core.telegram.org/bots/api#answercallbackquery</summary>
    private const int LongestNotification = 200;

    public static void Write(Utf8JsonWriter json, OutboundMessage message, Keyboard? keyboard, bool plain)
    {
        json.WriteId("chat_id", message.Chat);
        json.WriteString("text", WellFormed.Text(plain ? Markup.ToPlain(message.Text) : MarkupHtml.Render(message.Text)));
        if (!plain) json.WriteString("parse_mode", "HTML");
        if (keyboard is not null) WriteKeyboard(json, keyboard);
    }

    public static void WriteEdit(Utf8JsonWriter json, OutboundMessage message, Keyboard? keyboard, bool plain)
    {
        json.WriteId("message_id", message.MessageId!);
        Write(json, message, keyboard, plain);
    }

    public static void WriteNotification(Utf8JsonWriter json, OutboundMessage message)
    {
        json.WriteString("callback_query_id", message.CallbackId);
        var text = Markup.ToPlain(message.Text);
        if (!string.IsNullOrWhiteSpace(text)) json.WriteString("text", KeyboardFit.Label(text, LongestNotification));
    }

    private static void WriteKeyboard(Utf8JsonWriter json, Keyboard keyboard)
    {
        json.WriteStartObject("reply_markup");
        json.WriteStartArray("inline_keyboard");
        foreach (var row in keyboard.Rows)
        {
            json.WriteStartArray();
            foreach (var button in row) WriteButton(json, button);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteButton(Utf8JsonWriter json, Button button)
    {
        json.WriteStartObject();
        json.WriteString("text", button.Text);
        if (button.Url is null) json.WriteString("callback_data", WellFormed.Text(button.Payload!));
        else json.WriteString("url", WellFormed.Text(button.Url));
        json.WriteEndObject();
    }
}

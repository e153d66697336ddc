using System.Text.Json;

namespace OptFm.Server.Channels.Max;

/// <summary>Writes messages the way the official API wants them. https://dev.max.ru/docs-api/objects/NewMessageBody</summary>
internal static class MaxMessage
{
    /// <summary>The API wants a message or a notification; an empty one is neither.</summary>
    private const string Seen = "✓";

    private const int LongestNotification = 200;

    public static void Write(Utf8JsonWriter json, string markup, Keyboard? keyboard, bool replaces)
    {
        json.WriteString("text", WellFormed.Text(MarkupHtml.Render(markup)));
        json.WriteString("format", "html");
        if (keyboard is null && !replaces) return;

        // An empty list takes the old keyboard away; no list at all would keep it.
        json.WriteStartArray("attachments");
        if (keyboard is not null) WriteKeyboard(json, keyboard);
        json.WriteEndArray();
    }

    public static void WriteReplacement(Utf8JsonWriter json, string markup, Keyboard? keyboard)
    {
        json.WriteStartObject("message");
        Write(json, markup, keyboard, replaces: true);
        json.WriteEndObject();
    }

    public static void WriteNotification(Utf8JsonWriter json, string markup)
    {
        var text = Markup.ToPlain(markup);
        json.WriteString("notification", string.IsNullOrWhiteSpace(text) ? Seen : KeyboardFit.Label(text, LongestNotification));
    }

    private static void WriteKeyboard(Utf8JsonWriter json, Keyboard keyboard)
    {
        json.WriteStartObject();
        json.WriteString("type", "inline_keyboard");
        json.WriteStartObject("payload");
        json.WriteStartArray("buttons");
        foreach (var row in keyboard.Rows)
        {
            json.WriteStartArray();
            foreach (var button in row) WriteButton(json, button);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteButton(Utf8JsonWriter json, Button button)
    {
        json.WriteStartObject();
        json.WriteString("type", button.Url is null ? "callback" : "link");
        json.WriteString("text", button.Text);
        if (button.Url is null) json.WriteString("payload", WellFormed.Text(button.Payload!));
        else json.WriteString("url", WellFormed.Text(button.Url));
        json.WriteEndObject();
    }
}

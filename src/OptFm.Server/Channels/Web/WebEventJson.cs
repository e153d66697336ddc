using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptFm.Server.Channels.Web;

/// <summary>
/// Writes replies as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html. Text goes out as spans with
/// styles, never as HTML, so that the page has nothing to trust.
/// </summary>
internal static class WebEventJson
{
    // JSON escapes line ends whatever the encoder, so that an event's data stays on one line.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, WebReply reply)
    {
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {reply.Id}\ndata: "), output);
        using (var writer = new Utf8JsonWriter(output, Relaxed)) Write(writer, reply);
        output.Write("\n\n"u8);
    }

    private static void Write(Utf8JsonWriter writer, WebReply reply)
    {
        writer.WriteStartObject();
        writer.WriteNumber("at", reply.CreatedAt);
        if (reply.To is { } to)
        {
            writer.WriteStartObject("re");
            writer.WriteString("id", to.Id);
            if (to.Text.Length > 0) writer.WriteString("text", to.Text);
            writer.WriteEndObject();
        }

        if (reply.Message.Kind == OutboundKind.Replace) writer.WriteString("replaces", reply.Message.MessageId);
        writer.WriteStartArray("spans");
        foreach (var span in Markup.Parse(reply.Message.Text)) Write(writer, span);
        writer.WriteEndArray();
        if (reply.Message.Keyboard is { } keyboard) Write(writer, keyboard);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MarkupSpan span)
    {
        writer.WriteStartObject();
        writer.WriteString("text", span.Text);
        if (span.Style.HasFlag(MarkupStyle.Bold)) writer.WriteBoolean("bold", true);
        if (span.Style.HasFlag(MarkupStyle.Italic)) writer.WriteBoolean("italic", true);
        if (span.Style.HasFlag(MarkupStyle.Code)) writer.WriteBoolean("code", true);
        if (span.Url is not null) writer.WriteString("url", span.Url);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Keyboard keyboard)
    {
        writer.WriteStartArray("buttons");
        foreach (var row in keyboard.Rows)
        {
            writer.WriteStartArray();
            foreach (var button in row)
            {
                writer.WriteStartObject();
                writer.WriteString("text", button.Text);
                if (button.Url is not null) writer.WriteString("url", button.Url);
                else writer.WriteString("press", button.Payload);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptFm.Server.Operations;

/// <summary>Log entries as JSON lines: <c>time, level, category, message, data, exception</c>.</summary>
internal sealed class JsonLogFormat(LogSecrets secrets, TimeProvider time)
{
    // Cyrillic stays readable; the file is no web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    /// <summary>One line; <paramref name="write"/> adds what is peculiar to it.</summary>
    public byte[] Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            write(json);
            json.WriteEndObject();
        }

        buffer.Write(LineFeed);
        return buffer.WrittenSpan.ToArray();
    }

    public byte[] Entry<TState>(LogLevel level, string category, TState state, Exception? exception, Func<TState, Exception?, string> message) => Line(json =>
    {
        json.WriteString("level"u8, LogLevelNames.Name(level));
        json.WriteString("category"u8, category);
        Text(json, "message", message(state, exception));
        if (state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } data) Data(json, data);
        if (exception is not null) Text(json, "exception", exception.ToString());
    });

    /// <summary>A text without secrets, cut where it is too long; JSON's escapes keep it on its line.</summary>
    public void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, Cut(secrets.Hide(text)));
    }

    private void Data(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> data)
    {
        json.WriteStartObject("data"u8);
        // The last pair is the message's template.
        for (var i = 0; i < data.Count - 1; i++) Value(json, data[i].Key, data[i].Value);
        json.WriteEndObject();
    }

    private void Value(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case int or long or short or byte or uint:
                json.WriteNumber(name, Convert.ToInt64(value));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            default:
                Text(json, name, value?.ToString());
                break;
        }
    }

    private static string Cut(string text) => text.Length <= LogText.Longest ? text : string.Concat(text.AsSpan(0, LogText.Longest), "…");
}

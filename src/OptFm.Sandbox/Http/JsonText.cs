using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptFm.Sandbox.Http;

/// <summary>Writes JSON the way the messengers do: compact, Cyrillic as it is.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    internal static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    internal static byte[] Object(Action<Utf8JsonWriter> members) => Write(writer =>
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    });

    internal static void WriteObject(this Utf8JsonWriter writer, string name, Action<Utf8JsonWriter> members)
    {
        writer.WriteStartObject(name);
        members(writer);
        writer.WriteEndObject();
    }

    internal static void WriteIfAny(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    /// <summary>An id that a messenger writes as a number where it is one, and as a string where it is not.</summary>
    internal static void WriteId(this Utf8JsonWriter writer, string name, string id)
    {
        if (long.TryParse(id, out var number)) writer.WriteNumber(name, number);
        else writer.WriteString(name, id);
    }
}

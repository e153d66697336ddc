using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OptFm.Server.Channels;

/// <summary>Reads fields of messengers' JSON without ever throwing: a field that is missing or of the wrong type is simply not there.</summary>
internal static class UpdateJson
{
    /// <summary>Ids beyond this are no ids of any messenger.</summary>
    private const int LongestId = 128;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <returns>Null for what is no JSON object: not JSON, not UTF-8, nested beyond 64 levels.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) return null;

        try
        {
            var document = JsonDocument.Parse(LoneSurrogates.Mend(json), Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Said by the null.
        }

        return null;
    }

    public static JsonElement Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static bool Exists(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static string? Text(this JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>Text with something in it, else null.</summary>
    public static string? Words(this JsonElement element) => element.Text() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public static bool IsTrue(this JsonElement element) => element.ValueKind == JsonValueKind.True;

    public static bool IsFalse(this JsonElement element) => element.ValueKind == JsonValueKind.False;

    /// <summary>
    /// An id, kept as text because ids exceed 2^53. A string that looks like a number keeps its quotes, so that it can be given back
    /// as the messenger wrote it.
    /// </summary>
    public static string? Id(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.GetRawText() is { Length: <= LongestId } number && IsInteger(number) => number,
        JsonValueKind.String when element.GetString() is { Length: > 0 and <= LongestId } text => IsInteger(text) || text[0] == '"' ? $"\"{text}\"" : text,
        _ => null,
    };

    /// <summary>Writes an id as the messenger wrote it: a number as a number, a string as a string.</summary>
    public static void WriteId(this Utf8JsonWriter writer, string name, string id)
    {
        writer.WritePropertyName(name);
        if (IsInteger(id)) writer.WriteRawValue(id);
        else if (id is ['"', _, .., '"']) writer.WriteStringValue(id[1..^1]);
        else writer.WriteStringValue(id);
    }

    public static bool IsInteger(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        if (digits.Length == 0 || digits.ContainsAnyExceptInRange('0', '9')) return false;
        return digits.Length == 1 || digits[0] != '0';
    }

    /// <summary>The field's JSON text as it was sent; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Raw(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? default : JsonMarshal.GetRawUtf8Value(element);

    public static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Parts of an identity as one key of bounded length.</summary>
    public static string Key(params ReadOnlySpan<string?> parts)
    {
        const int longest = 160;
        var key = string.Join(':', parts);
        return key.Length <= longest ? key : $"{parts[0]}:sha256:{Hash(Encoding.UTF8.GetBytes(key))}";
    }

    /// <summary>A messenger's own word for something, made fit for a log: short and printable.</summary>
    public static string Name(string text) => new([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(64)]);
}

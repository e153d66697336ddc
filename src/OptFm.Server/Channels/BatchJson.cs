using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OptFm.Server.Channels;

/// <summary>Takes a polled batch apart. One spoilt update must not hold back the others: what a single update may not be is checked per update.</summary>
internal static class BatchJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <returns>Null when the answer is no JSON object.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        var json = Utf8.IsValid(body.Span) ? body : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        try
        {
            return JsonDocument.Parse(LoneSurrogates.Mend(json), Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Items(JsonElement array) =>
        [.. array.EnumerateArray().Select(item => (ReadOnlyMemory<byte>)item.Raw().ToArray())];
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace OptFm.Bench;

/// <summary>How reports are printed.</summary>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Indented);
}

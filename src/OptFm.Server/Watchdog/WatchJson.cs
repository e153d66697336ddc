using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OptFm.Server.Watchdog;

/// <summary>How a state is written in the database.</summary>
internal static class WatchJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        RespectNullableAnnotations = true,
    };

    public static string Write(WatchState state) => JsonSerializer.Serialize(state, Options);

    /// <returns>A state that knows nothing where another version, or somebody's hand, wrote what cannot be read.</returns>
    public static WatchState Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<WatchState>(json, Options) ?? new WatchState();
        }
        catch (JsonException)
        {
            return new WatchState();
        }
    }
}

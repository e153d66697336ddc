using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Control;

/// <summary>Shows what the messengers saw: <c>/sandbox/sent?after=10&amp;wait=12&amp;timeout=5</c>.</summary>
internal sealed class ControlRecords(SandboxLog log)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal async Task<ApiAnswer?> ReadAsync(string what, IQueryCollection query, CancellationToken stop) => what switch
    {
        "sent" => await ReadAsync(log.Sent, query, stop),
        "edits" => await ReadAsync(log.Edits, query, stop),
        "answers" => await ReadAsync(log.CallbackAnswers, query, stop),
        "violations" => await ReadAsync(log.Violations, query, stop),
        "deliveries" => await ReadAsync(log.Deliveries, query, stop),
        _ => null,
    };

    internal void WriteCounts(Utf8JsonWriter json)
    {
        json.WriteNumber("sent", log.Sent.Count);
        json.WriteNumber("edits", log.Edits.Count);
        json.WriteNumber("answers", log.CallbackAnswers.Count);
        json.WriteNumber("violations", log.Violations.Count);
        json.WriteNumber("deliveries", log.Deliveries.Count);
    }

    /// <summary>All items after the first <c>after</c>, once there are <c>wait</c> in all, within <c>timeout</c> seconds.</summary>
    private static async Task<ApiAnswer> ReadAsync<T>(Seen<T> seen, IQueryCollection query, CancellationToken stop)
    {
        var timeout = TimeSpan.FromSeconds(Number(query, "timeout", 20));
        var items = await seen.WaitForCountAsync(Number(query, "wait", 0), timeout, stop);
        return new ApiAnswer(200, JsonSerializer.SerializeToUtf8Bytes(items.Skip(Number(query, "after", 0)), Json));
    }

    private static int Number(IQueryCollection query, string name, int absent)
    {
        if (!query.TryGetValue(name, out var text)) return absent;
        return int.TryParse(text, out var number) && number >= 0 ? number : throw new ControlException($"{name}: a number from 0");
    }
}

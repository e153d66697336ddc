using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OptFm.Server.Operations;

/// <summary>What a look at the running server leads to.</summary>
public enum HealthVerdict
{
    Well,

    /// <summary>It does not answer, or cannot work any more though the machine would let it.</summary>
    RestartHelps,

    /// <summary>Something outside it is broken, such as a full disk: restarting in a loop would only add to the trouble.</summary>
    RestartIsUseless,
}

/// <summary>Asks a running server how it is, and judges whether a restart would help.</summary>
/// <param name="http">Knows the server's address.</param>
/// <param name="diskTakesWrites">Whether the folder of the database can be written to.</param>
public sealed class HealthVisit(HttpClient http, Func<bool> diskTakesWrites, TimeProvider clock)
{
    /// <summary>A server that starts, or was stopped for a moment, is not disturbed.</summary>
    public int Attempts { get; init; } = 3;

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one answer may take. The server itself answers within about two seconds, whatever its disk does.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public async Task<HealthVerdict> AskAsync(CancellationToken stop)
    {
        var verdict = await AskOnceAsync(stop);
        for (var attempt = 1; attempt < Attempts && verdict != HealthVerdict.Well; attempt++)
        {
            await Task.Delay(Pause, clock, stop);
            verdict = await AskOnceAsync(stop);
        }

        return verdict;
    }

    private async Task<HealthVerdict> AskOnceAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), patience.Token);
            if (answer.StatusCode == HttpStatusCode.OK) return HealthVerdict.Well;
            return Judge(JsonNode.Parse(await answer.Content.ReadAsStringAsync(patience.Token)));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // Nobody there, a hung one, or one that talks nonsense.
            return HealthVerdict.RestartHelps;
        }
    }

    private HealthVerdict Judge(JsonNode? body)
    {
        if (IsDown(body, "queue")) return HealthVerdict.RestartHelps;
        return IsDown(body, "database") && !diskTakesWrites() ? HealthVerdict.RestartIsUseless : HealthVerdict.RestartHelps;
    }

    private static bool IsDown(JsonNode? body, string component) =>
        body is JsonObject state
        && state["components"] is JsonObject components
        && components[component] is JsonObject part
        && part["status"] is JsonValue status
        && status.TryGetValue<string>(out var word)
        && word == "down";
}

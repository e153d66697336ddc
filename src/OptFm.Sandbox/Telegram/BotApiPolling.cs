using System.Collections.Frozen;
using System.Text.Json;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary><c>getUpdates</c>: an offset confirms everything before it; refused while a webhook stands or another poll takes over.</summary>
internal sealed class BotApiPolling(UpdateFeed feed)
{
    private Action endCurrent = static () => { };
    private volatile FrozenSet<string>? wanted;

    internal async Task<ApiAnswer> TakeAsync(ApiCall call)
    {
        if (feed.Webhooks.Count > 0) return Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");

        var limit = Math.Clamp(Number(call, "limit") ?? 100, 1, 100);
        var wait = TimeSpan.FromSeconds(Math.Clamp(Number(call, "timeout") ?? 0, 0, 50));
        if (Types(call) is { } types) wanted = types.Count == 0 ? null : types.ToFrozenSet();
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        TakeOver(mine);
        try
        {
            var batch = await feed.Queue.TakeAsync(Number(call, "offset"), (int)limit, wait, Wants, () => feed.Webhooks.Count == 0, mine.Token);
            return new ApiAnswer(200, Write(batch));
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            return Conflict("terminated by other getUpdates request; make sure that only one bot instance is running");
        }
    }

    private static ApiAnswer Conflict(string what) => BotApiAnswers.Error(409, $"Conflict: {what}");

    private static byte[] Write(QueuedBatch batch) => JsonText.Object(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteStartArray("result");
        foreach (var update in batch.Updates) json.WriteRawValue(update.Json, skipInputValidation: true);
        json.WriteEndArray();
    });

    private static long? Number(ApiCall call, string name) => long.TryParse(call.Parameter(name), out var number) ? number : null;

    /// <summary>The list may come as JSON text in the query.</summary>
    private static IReadOnlyList<string>? Types(ApiCall call)
    {
        if (call.Body.Strings("allowed_updates") is { } types) return types;
        if (call.Query("allowed_updates") is not { } text) return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(text);
        }
        catch (JsonException)
        {
            throw new BotApiException("can't parse allowed updates");
        }
    }

    private void TakeOver(CancellationTokenSource mine)
    {
        try
        {
            Interlocked.Exchange(ref endCurrent, mine.Cancel)();
        }
        catch (ObjectDisposedException)
        {
            // The poll before this one is over.
        }
    }

    private bool Wants(string type) => wanted?.Contains(type) ?? BotApiMessenger.IsUsual(type);
}

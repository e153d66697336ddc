using System.Globalization;
using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Telegram;

/// <summary>
/// Long polling. The offset is sent only to confirm the batch that was just stored: ids restart at a random number after a week's silence, and an
/// old offset would hide or even confirm away the updates with lower ones. Without an offset Telegram gives everything not yet confirmed; what
/// comes twice is known by its key. https://core.telegram.org/bots/api#getupdates
/// </summary>
internal sealed class TelegramPoll(TelegramApi api, TelegramOutcome outcome)
{
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(30);

    private string? _unconfirmed;

    public async Task<PolledBatch> NextAsync(string? marker, CancellationToken stop)
    {
        var offset = marker is not null && marker == _unconfirmed ? marker : null;
        var reply = await api.CallAsync("getUpdates", json => Write(json, offset), stop, PollTime);
        stop.ThrowIfCancellationRequested();
        if (!reply.IsSuccess || !reply.Json.Get("ok").IsTrue()) CheckBody(reply);

        using var batch = BatchJson.Parse(reply.Body);
        var updates = batch?.RootElement.Get("result") ?? default;
        if (updates.ValueKind != JsonValueKind.Array) throw new PollException($"answered {reply.Status} without updates");

        _unconfirmed = Next(updates);
        return new PolledBatch(BatchJson.Items(updates), _unconfirmed ?? marker);
    }

    private static void Write(Utf8JsonWriter json, string? offset)
    {
        if (offset is not null) json.WriteId("offset", offset);
        json.WriteNumber("limit", 100);
        json.WriteNumber("timeout", (int)PollTime.TotalSeconds);
        json.WriteStartArray("allowed_updates");
        foreach (var type in TelegramUpdate.Types) json.WriteStringValue(type);
        json.WriteEndArray();
    }

    /// <summary>A batch too deep or spoilt to be one document is still an answer; anything else that is not ok is an error.</summary>
    private void CheckBody(MessengerReply reply)
    {
        if (reply.IsSuccess && !reply.HasJson && reply.Body.Length > 0) return;
        throw new PollException(outcome.Reason(reply), TelegramOutcome.Wait(reply));
    }

    private static string? Next(JsonElement updates)
    {
        long? last = null;
        foreach (var update in updates.EnumerateArray())
        {
            if (update.Get("update_id").Id() is { } id && long.TryParse(id, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue)
                last = Math.Max(last ?? number, number);
        }

        return (last + 1)?.ToString(CultureInfo.InvariantCulture);
    }
}

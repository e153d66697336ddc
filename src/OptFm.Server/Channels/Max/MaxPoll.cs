using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>Long polling of the official API: at most two calls per second, each waiting up to 30 s. https://dev.max.ru/docs-api/methods/GET/updates</summary>
internal sealed class MaxPoll(MaxApi api, TimeProvider time, string token)
{
    /// <summary>Most polls in a minute. They are requests like any other, so they come out of the bot's limit.</summary>
    public const int MostPerMinute = 120;

    /// <summary>No two polls' arrivals are closer to a third than this, however long they were under way: so it counts from an answer on.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>When the last poll and the one before ended. As if both had at the start: perhaps the process before has just polled.</summary>
    private (long Last, long Before) _ended = (time.GetTimestamp(), time.GetTimestamp());

    public async Task<PolledBatch> NextAsync(string? marker, CancellationToken stop)
    {
        var rest = Window - time.GetElapsedTime(_ended.Before);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, time, stop);
        var reply = await api.UpdatesAsync(marker, stop);
        _ended = (time.GetTimestamp(), _ended.Last);
        stop.ThrowIfCancellationRequested();
        if (reply.Progress != CallProgress.Answered) throw new PollException(reply.Reason);
        if (!reply.IsSuccess) throw new PollException(Reason(reply), reply.RetryAfter);

        using var batch = BatchJson.Parse(reply.Body);
        var updates = batch?.RootElement.Get("updates") ?? default;
        if (updates.ValueKind != JsonValueKind.Array) throw new PollException($"answered {reply.Status} without updates");

        return new PolledBatch(BatchJson.Items(updates), batch!.RootElement.Get("marker").Id()?.Trim('"') ?? marker);
    }

    private string Reason(MessengerReply reply)
    {
        var reason = RefusalReason.From(reply.Status, reply.Json.Get("code").Text(), reply.Json.Get("message").Text(), token);
        return reply.Status == 401 ? $"{reason}; check MAX_API_KEY" : reason;
    }
}

using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>Long polling of the official API: at most two calls per second, each waiting up to 30 s. https://dev.max.ru/docs-api/methods/GET/updates</summary>
internal sealed class MaxPoll(MaxApi api, TimeProvider time, string token)
{
    /// <summary>Most polls in a minute. They are requests like any other, so they come out of the bot's limit.</summary>
    public const int MostPerMinute = 120;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1) / MostPerMinute;

    /// <summary>As if there had been a poll at the start: perhaps there was, by the process before.</summary>
    private long _last = time.GetTimestamp();

    public async Task<PolledBatch> NextAsync(string? marker, CancellationToken stop)
    {
        await WaitForTurnAsync(stop);
        var reply = await api.UpdatesAsync(marker, stop);
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

    private async Task WaitForTurnAsync(CancellationToken stop)
    {
        var rest = Pause - time.GetElapsedTime(_last);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, time, stop);
        _last = time.GetTimestamp();
    }
}

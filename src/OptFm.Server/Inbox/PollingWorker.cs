using OptFm.Server.Channels;
using OptFm.Server.Nodes;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Inbox;

/// <summary>
/// Fetches one channel's updates. The marker, which lets the messenger forget, moves in the same transaction that stores the batch.
/// Of several nodes one does it, and a node that lost the duty stores nothing more.
/// </summary>
public sealed class PollingWorker(IPolledChannel channel, InboxStore store, Duties duties, RetrySchedule schedule, TimeProvider clock, ILogger log)
{
    private readonly string _duty = $"poll:{channel.Name}";

    /// <summary>Called after new updates are on disk.</summary>
    public Action? Stored { get; init; }

    /// <summary>Called after each poll: whether the messenger answered.</summary>
    public Action<bool>? Polled { get; init; }

    public async Task RunAsync(CancellationToken stop)
    {
        await PollAsync(stop);
        await duties.GiveUpAsync(_duty);
    }

    private async Task PollAsync(CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await duties.HoldAsync(_duty, stop) is not { } duty)
                {
                    await WaitAsync(Duties.BetweenAsking, stop);
                    continue;
                }

                await PollOnceAsync(duty, stop);
                failures = 0;
                Polled?.Invoke(true);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (DutyLostException e)
            {
                log.LogWarning("{Channel}: {Reason}; what was polled is left to it", channel.Name, e.Message);
            }
            catch (Exception e) when (e is PollException or StoreException)
            {
                failures++;
                Polled?.Invoke(e is not PollException);
                var delay = schedule.DelayAfter(failures, (e as PollException)?.RetryAfter);
                log.LogWarning("{Channel}: polling failed: {Reason}; again in {Delay:0.0} s", channel.Name, e.Message, delay.TotalSeconds);
                await WaitAsync(delay, stop);
            }
        }
    }

    private async Task PollOnceAsync(Duty duty, CancellationToken stop)
    {
        var marker = store.Marker(channel.Name);
        var batch = await channel.PollAsync(marker, stop);
        if (batch.Updates.Count == 0 && batch.Marker == marker) return;

        var updates = new List<(Update, ReadOnlyMemory<byte>)>(batch.Updates.Count);
        foreach (var body in batch.Updates)
        {
            if (channel.Read(body) is { } update) updates.Add((update, body));
            else log.LogWarning("{Channel}: a polled update could not be read and was passed over", channel.Name);
        }

        if (await store.StoreAsync(channel.Name, updates, batch.Marker, duty) > 0) Stored?.Invoke();
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken stop)
    {
        try
        {
            await Task.Delay(delay, clock, stop);
        }
        catch (OperationCanceledException)
        {
        }
    }
}

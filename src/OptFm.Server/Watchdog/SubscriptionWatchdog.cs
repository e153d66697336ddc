using OptFm.Server.Storage;

namespace OptFm.Server.Watchdog;

/// <summary>
/// Sees to it, every few minutes and on one node, that the messengers deliver to us and that no certificate expires unnoticed.
/// Every node writes down what it saw of deliveries and reads what was found.
/// </summary>
internal sealed class SubscriptionWatchdog(
    WatchOptions options, IReadOnlyList<SubscriptionWatch> subscriptions, CertificateWatch certificates, WatchStore store, DeliveryBook book, WatchTools tools)
{
    /// <summary>How often the picture is read that another node may have changed.</summary>
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(15);

    private TimeSpan Tick => options.Interval < Reading ? options.Interval : Reading;

    /// <summary>Runs until stopped; survives whatever goes wrong.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (options.Mode == WatchMode.Off) return;

        await Task.Yield();
        var due = tools.Time.GetUtcNow() + options.Interval * 0.1;
        try
        {
            for (var pause = TimeSpan.Zero; ; pause = Tick * Jitter())
            {
                await Task.Delay(pause, tools.Time, stop);
                await ShareAsync();
                if (tools.Time.GetUtcNow() < due) continue;

                await LookAsync(stop);
                due = tools.Time.GetUtcNow() + options.Interval * Jitter();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>Looks at everything, if that is this node's duty.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        try
        {
            if (!await tools.OnDuty(stop)) return;

            foreach (var subscription in subscriptions) await LookAtAsync(subscription, stop);
            var accepted = tools.Board.Latest.Deliveries.Values.Max(deliveries => deliveries.Accepted);
            await KeepAsync(WatchState.Certificates, await certificates.LookAsync(tools.Board.Latest.Of(WatchState.Certificates), accepted, stop));
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever it is, the watch goes on: it must not be the first to fail.
            tools.Log.LogWarning("The watch over subscriptions could not finish a look: {Reason}", e.Message);
        }
    }

    /// <summary>Writes down what this node saw, and reads what all nodes did.</summary>
    public async Task ShareAsync()
    {
        var seen = book.Take();
        try
        {
            if (seen.Count > 0) await store.AddAsync(seen);
            tools.Board.Show(store.Read());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database's own trouble is told elsewhere.
            book.Return(seen);
        }
    }

    private async Task LookAtAsync(SubscriptionWatch subscription, CancellationToken stop)
    {
        var channel = subscription.Watched.Channel;
        var picture = tools.Board.Latest;
        await KeepAsync(channel, await subscription.LookAsync(picture.Of(channel), picture.DeliveriesOf(channel), stop));
    }

    /// <summary>What changed is logged, once.</summary>
    private async Task KeepAsync(string subject, WatchState state)
    {
        var before = tools.Board.Latest.Of(subject).Warnings;
        foreach (var warning in state.Warnings.Where(warning => !before.Any(known => known.Id == warning.Id && known.Level == warning.Level)))
            tools.Log.LogWarning("{Subject}: {What}; to mend it: {Mend}", subject, warning.What, warning.Mend);
        foreach (var over in before.Where(known => !state.Warnings.Any(warning => warning.Id == known.Id)))
            tools.Log.LogInformation("{Subject}: {Id} is well again", subject, over.Id);

        tools.Board.Show(subject, state);
        try
        {
            await store.WriteAsync(subject, state);
        }
        catch (StoreException)
        {
            // Known here at least; written the next time.
        }
    }

    private double Jitter() => 0.9 + tools.Random.NextDouble() * 0.2;
}

/// <param name="OnDuty">Whether this node is the one to ask the messengers.</param>
/// <param name="Board">Where others read what was found.</param>
/// <param name="Random">For the jitter; used by the watch alone.</param>
internal sealed record WatchTools(Func<CancellationToken, Task<bool>> OnDuty, WatchBoard Board, TimeProvider Time, Random Random, ILogger Log);

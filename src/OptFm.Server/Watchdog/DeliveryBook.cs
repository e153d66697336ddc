using System.Collections.Concurrent;

namespace OptFm.Server.Watchdog;

/// <summary>What this node saw of deliveries since it last wrote it down.</summary>
public sealed class DeliveryBook(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Deliveries> _seen = new(StringComparer.Ordinal);

    public void Accepted(string channel) => _seen[channel] = new Deliveries(time.GetUtcNow());

    /// <param name="channel">Whose webhook.</param>
    /// <param name="reason">One of <see cref="Telemetry.MetricLabels.Refusals"/>; what no messenger ever sends is passed over.</param>
    public void Refused(string channel, string reason)
    {
        if (reason is not ("secret" or "address" or "store")) return;

        var now = time.GetUtcNow();
        _seen.AddOrUpdate(channel, static (_, with) => Deliveries.None.Turned(with.now, with.reason), static (_, before, with) => before.Turned(with.now, with.reason), (now, reason));
    }

    /// <summary>What is new since the last time.</summary>
    public IReadOnlyDictionary<string, Deliveries> Take()
    {
        var taken = new Dictionary<string, Deliveries>(StringComparer.Ordinal);
        foreach (var channel in _seen.Keys)
        {
            if (_seen.TryRemove(channel, out var seen)) taken[channel] = seen;
        }

        return taken;
    }

    /// <summary>Gives back what could not be written; what came in the meantime is newer.</summary>
    public void Return(IReadOnlyDictionary<string, Deliveries> taken)
    {
        foreach (var (channel, older) in taken) _seen.AddOrUpdate(channel, older, (_, newer) => Joined(older, newer));
    }

    private static Deliveries Joined(Deliveries older, Deliveries newer) => newer.Accepted is not null
        ? newer
        : newer with { Accepted = older.Accepted, RefusedSince = older.RefusedSince ?? newer.RefusedSince };
}

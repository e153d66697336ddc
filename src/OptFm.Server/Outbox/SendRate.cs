namespace OptFm.Server.Outbox;

/// <summary>
/// How fast one bot may call its messenger, where one process calls: <see cref="SendPlaces"/> is for several. The per-minute limit also holds, divided by sixty, in each second where it allows that
/// (1800 a minute is 30 a second); below that, a whole minute's calls may go at once.
/// </summary>
/// <param name="perMinute">0 = no limit.</param>
public sealed class SendRate(int perMinute, TimeProvider clock)
{
    private readonly Lock _guard = new();
    private readonly CallWindow _minute = new(perMinute, TimeSpan.FromMinutes(1));
    private readonly CallWindow _second = new(perMinute / 60, TimeSpan.FromSeconds(1));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Counts the calls of an earlier process against this one's limit.</summary>
    public void Remember(IEnumerable<long> newestFirst)
    {
        foreach (var ended in newestFirst.Reverse())
        {
            _minute.Remember(ended);
            _second.Remember(ended);
        }
    }

    /// <summary>Takes up to <paramref name="wanted"/> places for calls of this bot.</summary>
    /// <param name="freeAt">When to ask again, Unix ms, where fewer were free; null when only a call's end can free one.</param>
    public int Take(int wanted, out long? freeAt)
    {
        lock (_guard)
        {
            var now = Now;
            var free = Math.Min(wanted, Math.Min(_minute.Free(now), _second.Free(now)));
            for (var i = 0; i < free; i++)
            {
                _minute.Start();
                _second.Start();
            }

            freeAt = free < wanted ? Later(_minute.NextFree(now), _second.NextFree(now)) : null;
            return free;
        }
    }

    /// <summary>Gives back a place whose call has ended.</summary>
    public void End()
    {
        lock (_guard)
        {
            var now = Now;
            _minute.End(now);
            _second.End(now);
        }
    }

    /// <summary>Gives back places that were taken for nothing.</summary>
    public void Return(int places)
    {
        lock (_guard)
        {
            for (var i = 0; i < places; i++)
            {
                _minute.Cancel();
                _second.Cancel();
            }
        }
    }

    private static long? Later(long? one, long? other) => one is null || other is null ? null : Math.Max(one.Value, other.Value);
}

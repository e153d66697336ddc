namespace OptFm.Server.Outbox;

/// <summary>
/// At most so many calls in any window of time, as the messenger sees them: a call holds its place from before it is sent until a
/// whole window after its answer came. Delays on the way can therefore never push two calls' arrivals closer than the limit allows.
/// Not thread-safe.
/// </summary>
/// <param name="most">Calls per window; 0 = no limit.</param>
public sealed class CallWindow(int most, TimeSpan window)
{
    private readonly Queue<long> _ended = new();
    private int _underWay;

    /// <summary>How many calls may start now.</summary>
    public int Free(long now)
    {
        if (most == 0) return int.MaxValue;

        while (_ended.TryPeek(out var end) && end + (long)window.TotalMilliseconds <= now) _ended.Dequeue();
        return Math.Max(0, most - _ended.Count - _underWay);
    }

    /// <summary>When a place becomes free, Unix ms; null when only the end of a call under way can free one.</summary>
    public long? NextFree(long now)
    {
        if (Free(now) > 0) return now;
        return _ended.TryPeek(out var end) ? end + (long)window.TotalMilliseconds : null;
    }

    public void Start()
    {
        if (most > 0) _underWay++;
    }

    public void End(long now)
    {
        if (most == 0) return;
        _underWay--;
        _ended.Enqueue(now);
    }

    /// <summary>Gives a place back whose call was never made.</summary>
    public void Cancel()
    {
        if (most > 0) _underWay--;
    }

    /// <summary>Counts a call of an earlier process. Oldest first.</summary>
    public void Remember(long ended)
    {
        if (most > 0) _ended.Enqueue(ended);
    }
}

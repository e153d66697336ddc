namespace OptFm.Sandbox.Limits;

/// <summary>Takes at most a number of calls in any window of a length: the strictest reading of "N per second".</summary>
internal sealed class SlidingWindow(int limit, TimeSpan window, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long[] taken = new long[limit];
    private long count;

    /// <summary>Takes a call, or says how long from now the next one would be taken.</summary>
    internal TimeSpan? Refuse(long now)
    {
        lock (gate)
        {
            var oldest = taken[count % limit];
            var since = time.GetElapsedTime(oldest, now);
            if (count >= limit && since < window) return window - since;

            taken[count % limit] = now;
            count++;
            return null;
        }
    }
}

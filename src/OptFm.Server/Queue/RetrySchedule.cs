namespace OptFm.Server.Queue;

/// <summary>
/// Exponential back-off with full jitter on the upper half, so that chats that failed together do not return together.
/// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
/// </summary>
public sealed class RetrySchedule(Random random, TimeSpan first, TimeSpan most)
{
    private readonly Lock _randomGuard = new();

    /// <param name="attempt">How many attempts have failed, 1 or more.</param>
    /// <param name="asked">What the messenger asked to wait; never waited less than.</param>
    public TimeSpan DelayAfter(int attempt, TimeSpan? asked = null)
    {
        var doubled = first * Math.Pow(2, Math.Min(attempt - 1, 30));
        var ceiling = doubled < most ? doubled : most;
        double chance;
        lock (_randomGuard) chance = random.NextDouble();
        var delay = ceiling * (0.5 + chance / 2);
        return asked is { } wait && wait > delay ? wait + delay * 0.1 : delay;
    }
}

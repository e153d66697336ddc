using OptFm.Server.Channels;

namespace OptFm.Server.Outbox;

/// <summary>
/// A circuit breaker for a messenger that fails everybody: while it does, one reply at a time is tried, ever less often,
/// and the others keep their turn without spending attempts. Closed by the first call that goes through.
/// </summary>
public sealed class Outage(TimeProvider clock)
{
    private const int FailuresToOpen = 8;
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(10);

    private readonly Lock _guard = new();
    private int _failures;
    private long _probeAt;

    /// <summary>How many of <paramref name="wanted"/> calls may start now.</summary>
    /// <param name="probeAt">When to ask again, Unix ms, while the circuit is open.</param>
    public int Allow(int wanted, out long? probeAt)
    {
        lock (_guard)
        {
            probeAt = null;
            if (_failures < FailuresToOpen) return wanted;

            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (now < _probeAt)
            {
                probeAt = _probeAt;
                return 0;
            }

            var pause = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(_failures - FailuresToOpen, 10)));
            _probeAt = now + (long)(pause < MostPause ? pause : MostPause).TotalMilliseconds;
            return Math.Min(wanted, 1);
        }
    }

    public void Report(SendResult result)
    {
        lock (_guard)
        {
            var failed = result.Outcome is SendOutcome.Retry or SendOutcome.Unknown && !result.Limited;
            _failures = failed ? _failures + 1 : 0;
        }
    }
}

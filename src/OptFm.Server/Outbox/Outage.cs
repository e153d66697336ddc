using OptFm.Server.Channels;

namespace OptFm.Server.Outbox;

/// <summary>
/// A circuit breaker for a messenger that fails everybody: while it does, a few replies a second are tried and the others keep their
/// turn without spending attempts. Several requests to wait in a row mean the whole bot, and are obeyed by the whole bot.
/// Closed by the first call that goes through.
/// </summary>
public sealed class Outage(TimeProvider clock)
{
    private const int FailuresToOpen = 8;
    private const int WaitsToPause = 3;
    private const int Probes = 2;
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(250);

    private readonly Lock _guard = new();
    private int _failures;
    private int _waits;
    private long _closedUntil;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>How many of <paramref name="wanted"/> calls may start now.</summary>
    /// <param name="askAgain">When to ask again, Unix ms, where fewer may than wanted.</param>
    public int Allow(int wanted, out long? askAgain)
    {
        lock (_guard)
        {
            askAgain = null;
            if (_failures < FailuresToOpen && _waits < WaitsToPause) return wanted;

            var now = Now;
            var allowed = now < _closedUntil ? 0 : Math.Min(wanted, Probes);
            if (allowed > 0) _closedUntil = now + (long)BetweenProbes.TotalMilliseconds;
            askAgain = _closedUntil;
            return allowed;
        }
    }

    public void Report(SendResult result)
    {
        lock (_guard)
        {
            if (result.Limited || result.Outcome is not (SendOutcome.Retry or SendOutcome.Unknown))
            {
                _failures = _waits = 0;
                return;
            }

            _failures++;
            if (result.RetryAfter is { } wait && ++_waits >= WaitsToPause)
                _closedUntil = Math.Max(_closedUntil, Now + (long)wait.TotalMilliseconds);
        }
    }
}

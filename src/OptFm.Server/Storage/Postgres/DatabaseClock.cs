namespace OptFm.Server.Storage.Postgres;

/// <summary>
/// The server's clock, carried on by this machine's monotonic one between two looks. All nodes so agree on when a lease ends, whatever
/// their own clocks say and however these jump. Off by half a round trip at most.
/// </summary>
/// <param name="local">For elapsed time and timers.</param>
public sealed class DatabaseClock(TimeProvider local) : TimeProvider
{
    /// <summary>How far two machines' clocks drift apart at most, as a part of the time that passes; NTP bounds it there.</summary>
    private const double Drift = 0.0005;

    private sealed record Reading(DateTimeOffset Time, long At, TimeSpan Doubt);

    private Reading _reading = new(local.GetUtcNow(), local.GetTimestamp(), TimeSpan.MaxValue);

    public override long TimestampFrequency => local.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        var reading = Volatile.Read(ref _reading);
        return reading.Time + local.GetElapsedTime(reading.At);
    }

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    /// <param name="time">What the server's clock said.</param>
    /// <param name="asked">Timestamp of before it was asked.</param>
    /// <param name="answered">Timestamp of after it answered: it looked at its clock between the two.</param>
    internal void Set(DateTimeOffset time, long asked, long answered)
    {
        var half = local.GetElapsedTime(asked, answered) / 2;
        var reading = new Reading(time, asked + (answered - asked) / 2, half);
        var before = Volatile.Read(ref _reading);
        if (before.Doubt == TimeSpan.MaxValue || !IsBetter(before, reading)) Volatile.Write(ref _reading, reading);
    }

    /// <summary>A slow answer tells less than a quick one of before, unless it contradicts it: then the server's clock was set, or the server is another.</summary>
    private bool IsBetter(Reading before, Reading reading)
    {
        var since = local.GetElapsedTime(before.At, reading.At);
        var doubt = before.Doubt + since * Drift;
        return doubt < reading.Doubt && (before.Time + since - reading.Time).Duration() <= doubt + reading.Doubt;
    }
}

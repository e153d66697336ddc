namespace OptFm.Server.Storage.Postgres;

/// <summary>
/// The server's clock, carried on by this machine's monotonic one between two looks. All nodes so agree on when a lease ends, whatever
/// their own clocks say and however these jump. Off by half a round trip at most.
/// </summary>
/// <param name="local">For elapsed time and timers.</param>
public sealed class DatabaseClock(TimeProvider local) : TimeProvider
{
    private sealed record Reading(DateTimeOffset Time, long At);

    private Reading _reading = new(local.GetUtcNow(), local.GetTimestamp());

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
    internal void Set(DateTimeOffset time, long asked, long answered) => Volatile.Write(ref _reading, new(time, asked + (answered - asked) / 2));
}

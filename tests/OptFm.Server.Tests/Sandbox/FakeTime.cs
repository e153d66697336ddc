namespace OptFm.Server.Tests.Sandbox;

/// <summary>A clock that moves only when a test says so. Timers fire on the thread that advances it, in the order they are due.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = new(2026, 8, 1, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state), period);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (NextDue(until) is { } timer) timer.Fire();
        lock (gate) now = until;
    }

    private FakeTimer? NextDue(DateTimeOffset until)
    {
        lock (gate)
        {
            var timer = timers.Where(timer => timer.Due <= until).MinBy(static timer => timer.Due);
            if (timer is null) return null;
            if (timer.Due > now) now = timer.Due.Value;
            timer.Due = timer.Period > TimeSpan.Zero ? timer.Due + timer.Period : null;
            return timer;
        }
    }

    private sealed class FakeTimer(FakeTime time, Action fire, TimeSpan period) : ITimer
    {
        internal DateTimeOffset? Due { get; set; }

        internal TimeSpan Period { get; private set; } = period;

        internal void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime;
                time.timers.Remove(this);
                time.timers.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace OptFm.Bench.Chaos;

/// <summary>The messengers' clock: its time of day jumps when told to, its limits and pauses go on as they should.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _offset;

    /// <summary>How far it is from the true time.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}

namespace OptFm.Server.Watchdog;

/// <summary>How often something was done that may not help. Each time the wait doubles: against somebody else nobody wins.</summary>
/// <param name="Times">Since it last held.</param>
public sealed record Effort(int Times, DateTimeOffset? Last)
{
    /// <summary>Below the eight hours after which MAX itself drops a subscription, so that its doing so is not taken for a quarrel.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static Effort None { get; } = new(0, null);

    /// <summary>Whether it did not help once and again.</summary>
    public bool InVain => Times >= 2;

    /// <param name="interval">Between two looks.</param>
    public bool MayTry(DateTimeOffset now, TimeSpan interval) => Last is not { } last || Times == 0 || now - last >= Wait(interval);

    /// <summary>Until the next try after the last one.</summary>
    public TimeSpan Wait(TimeSpan interval)
    {
        var doubled = interval * Math.Pow(2, Math.Min(Times, 20));
        return doubled < Longest ? doubled : Longest;
    }

    public Effort Tried(DateTimeOffset now) => new(Times + 1, now);

    /// <summary>It is as it should be: forgotten once that has lasted.</summary>
    public Effort Held(DateTimeOffset now) => Last is { } last && now - last >= Longest ? None : this;
}

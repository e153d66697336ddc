namespace OptFm.Server.Queue;

/// <summary>
/// How many deliveries wait for their acknowledgement. Acknowledging goes first: a messenger drops a subscription whose webhook is slow,
/// while a customer can wait a moment longer for the reply. Under pressure the workers keep going, but with fewer lanes and with rests.
/// </summary>
public sealed class AckPressure
{
    private const int High = 16;
    private const int LanesUnderPressure = 16;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    private int _waiting;

    private bool IsHigh => Volatile.Read(ref _waiting) > High;

    public void Enter() => Interlocked.Increment(ref _waiting);

    public void Leave() => Interlocked.Decrement(ref _waiting);

    /// <summary>How many of <paramref name="most"/> lanes a worker should hold now.</summary>
    public int Lanes(int most) => IsHigh ? Math.Min(most, LanesUnderPressure) : most;

    /// <summary>Waits before a claim while deliveries press. What piles up meanwhile is claimed together, which also costs less.</summary>
    public Task RestAsync(TimeProvider clock, CancellationToken stop) => IsHigh ? Task.Delay(Rest, clock, stop) : Task.CompletedTask;
}

namespace OptFm.Server.Inbox;

/// <summary>
/// How many deliveries wait for their acknowledgement. Acknowledging goes first: a messenger drops a subscription whose webhook is slow,
/// while a customer can wait a moment longer for the reply. Under pressure the workers keep going, but a few lanes at a time.
/// </summary>
public sealed class AckPressure
{
    private const int High = 16;
    private const int LanesUnderPressure = 8;

    private int _waiting;

    public void Enter() => Interlocked.Increment(ref _waiting);

    public void Leave() => Interlocked.Decrement(ref _waiting);

    /// <summary>How many of <paramref name="most"/> lanes a worker should hold now.</summary>
    public int Lanes(int most) => Volatile.Read(ref _waiting) > High ? Math.Min(most, LanesUnderPressure) : most;
}

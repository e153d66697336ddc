namespace OptFm.Server.Inbox;

/// <summary>Warns of deliveries without the secret: at most one line in ten seconds, however many come.</summary>
public sealed class RefusalLog(string channel, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock _guard = new();
    private long? _warned;
    private int _since;

    public void Refused(string address)
    {
        lock (_guard)
        {
            _since++;
            if (_warned is { } last && clock.GetElapsedTime(last) < Quiet) return;

            log.LogWarning("{Channel}: {Count} deliveries without the right secret since the last warning; the latest from {Address}", channel, _since, address);
            _warned = clock.GetTimestamp();
            _since = 0;
        }
    }
}

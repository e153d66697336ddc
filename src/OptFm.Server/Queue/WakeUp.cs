namespace OptFm.Server.Queue;

/// <summary>Wakes one waiting worker; several calls before it looks count as one.</summary>
public sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private int _set;

    public void Set()
    {
        if (Interlocked.Exchange(ref _set, 1) == 0) _signal.Release();
    }

    /// <summary>Completes when <see cref="Set"/> was called since the last wait, or after <paramref name="most"/>.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken stop)
    {
        if (most <= TimeSpan.Zero) return;

        using var timeout = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            await _signal.WaitAsync(either.Token);
            Volatile.Write(ref _set, 0);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => _signal.Dispose();
}

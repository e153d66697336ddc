namespace OptFm.Server.Operations;

/// <summary>
/// Asks something that may hang, such as a disk: once at a time and at most once a second, however many want to know.
/// A probe that hangs gathers no callers: each leaves after its patience, and nobody starts another meanwhile.
/// </summary>
/// <param name="ask">Null: it does not work. May throw.</param>
/// <param name="patience">How long each caller waits.</param>
internal sealed class SharedProbe<T>(Func<Task<T?>> ask, TimeSpan patience, TimeProvider time)
    where T : class
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<T?>? _running;
    private long _started;

    /// <returns>Null when it failed or did not answer in time.</returns>
    public async Task<T?> AskAsync()
    {
        try
        {
            return await Running().WaitAsync(patience, time);
        }
        catch (Exception)
        {
            // Why is in the log of whoever failed; here only that it did, since anybody may read this.
            return null;
        }
    }

    private Task<T?> Running()
    {
        lock (_lock)
        {
            if (_running is null || (_running.IsCompleted && time.GetElapsedTime(_started) >= Freshness))
            {
                _started = time.GetTimestamp();
                _running = Task.Run(ask);
            }

            return _running;
        }
    }
}

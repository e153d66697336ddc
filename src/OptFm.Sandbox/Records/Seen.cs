namespace OptFm.Sandbox.Records;

/// <summary>Things of one kind in the order they happened. Safe for any number of threads; waiting is by signal, never by polling.</summary>
public sealed class Seen<T>(bool keep)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock gate = new();
    private readonly List<T> items = [];
    private readonly List<Waiter> waiters = [];
    private long count;

    /// <summary>Called for each new item on the thread that brought it, before the messenger answers. Must be quick and must not throw.</summary>
    public Action<T>? OnAdded { get; set; }

    /// <summary>How many there were, kept or not.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>A copy of all that is kept.</summary>
    public IReadOnlyList<T> All
    {
        get
        {
            lock (gate) return [.. items];
        }
    }

    /// <summary>The first item that matches, past or future.</summary>
    /// <param name="timeout">On the machine's own clock, 20 s unless told; null is the default.</param>
    /// <exception cref="TimeoutException">None matched in time.</exception>
    public async Task<T> WaitForAsync(Func<T, bool> match, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        Waiter waiter;
        lock (gate)
        {
            var index = items.FindIndex(item => match(item));
            if (index >= 0) return items[index];
            waiter = Wait((item, _) => match(item));
        }
        return await FinishAsync(waiter, timeout, stop);
    }

    /// <summary>Waits until there are at least <paramref name="least"/> items and returns all that are kept.</summary>
    /// <exception cref="TimeoutException">There were fewer in time.</exception>
    public async Task<IReadOnlyList<T>> WaitForCountAsync(long least, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        Waiter waiter;
        lock (gate)
        {
            if (count >= least) return [.. items];
            waiter = Wait((_, now) => now >= least);
        }
        await FinishAsync(waiter, timeout, stop);
        return All;
    }

    public void Clear()
    {
        lock (gate)
        {
            items.Clear();
            count = 0;
        }
    }

    public void Add(T item)
    {
        List<Waiter>? ready = null;
        lock (gate)
        {
            count++;
            if (keep) items.Add(item);
            if (waiters.Count > 0) ready = TakeReady(item);
        }
        OnAdded?.Invoke(item);
        foreach (var waiter in ready ?? []) waiter.Done.TrySetResult(item);
    }

    private List<Waiter> TakeReady(T item)
    {
        var ready = waiters.FindAll(waiter => waiter.IsReady(item, count));
        waiters.RemoveAll(ready.Contains);
        return ready;
    }

    private Waiter Wait(Func<T, long, bool> isReady)
    {
        var waiter = new Waiter(isReady, new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously));
        waiters.Add(waiter);
        return waiter;
    }

    private async Task<T> FinishAsync(Waiter waiter, TimeSpan? timeout, CancellationToken stop)
    {
        try
        {
            return await waiter.Done.Task.WaitAsync(timeout ?? Patience, stop);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"Waited {timeout ?? Patience} in vain; seen so far: {Count} of {typeof(T).Name}", error);
        }
        finally
        {
            lock (gate) waiters.Remove(waiter);
        }
    }

    private sealed record Waiter(Func<T, long, bool> IsReady, TaskCompletionSource<T> Done);
}

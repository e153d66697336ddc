namespace OptFm.Sandbox.Deliveries;

/// <summary>Updates that wait to be fetched. Passing a position commits everything before it; what is not committed comes again.</summary>
internal sealed class PollQueue(long first, TimeProvider time)
{
    private static readonly TimeSpan Lives = TimeSpan.FromHours(24);
    private readonly Lock gate = new();
    private readonly List<QueuedUpdate> updates = [];
    private TaskCompletionSource changed = NewSignal();
    private long next = first;
    private long committed = first;

    internal int Count
    {
        get
        {
            lock (gate) return updates.Count;
        }
    }

    /// <summary>A number for an update that travels another way.</summary>
    internal long NextNumber()
    {
        lock (gate) return next++;
    }

    internal void Add(PendingUpdate update)
    {
        lock (gate)
        {
            var position = next++;
            updates.Add(new QueuedUpdate(position, update.Type, update.Chat, update.Build(position), time.GetUtcNow()));
        }
        Signal();
    }

    /// <summary>Takes an update that a webhook did not take, at the place its number gives it.</summary>
    internal void Return(BuiltUpdate update)
    {
        lock (gate)
        {
            var place = updates.FindIndex(other => other.Position > update.Number);
            var queued = new QueuedUpdate(update.Number, update.Type, update.Chat, update.Json, time.GetUtcNow());
            updates.Insert(place < 0 ? updates.Count : place, queued);
        }
        Signal();
    }

    /// <summary>Wakes whoever waits, so that it looks again whether it may go on.</summary>
    internal void Signal() => Interlocked.Exchange(ref changed, NewSignal()).TrySetResult();

    /// <summary>Takes everything out, for a webhook that was just set.</summary>
    internal IReadOnlyList<QueuedUpdate> Drain()
    {
        lock (gate)
        {
            IReadOnlyList<QueuedUpdate> all = [.. updates];
            updates.Clear();
            return all;
        }
    }

    /// <summary>Waits for the first updates at or after <paramref name="from"/>.</summary>
    /// <param name="from">Null goes on where the last commit left off; below zero counts back from the end.</param>
    /// <param name="mayGive">False while a webhook stands: then there is nothing to fetch.</param>
    internal async Task<QueuedBatch> TakeAsync(long? from, int limit, TimeSpan wait, Func<string, bool> wants, Func<bool> mayGive, CancellationToken stop)
    {
        var start = Commit(from);
        var until = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        while (true)
        {
            var signal = Volatile.Read(ref changed).Task;
            var batch = mayGive() ? Look(start, limit, wants) : new QueuedBatch([], start);
            var left = time.GetElapsedTime(time.GetTimestamp(), until);
            if (batch.Updates.Count > 0 || left <= TimeSpan.Zero) return batch;
            try
            {
                await signal.WaitAsync(left, time, stop);
            }
            catch (TimeoutException)
            {
                return batch;
            }
        }
    }

    internal void Clear()
    {
        lock (gate) updates.Clear();
    }

    private long Commit(long? from)
    {
        lock (gate)
        {
            var position = from is < 0 ? next + from.Value : from ?? committed;
            committed = Math.Max(committed, Math.Min(position, next));
            updates.RemoveAll(update => update.Position < committed);
            return committed;
        }
    }

    private QueuedBatch Look(long start, int limit, Func<string, bool> wants)
    {
        lock (gate)
        {
            var oldest = time.GetUtcNow() - Lives;
            updates.RemoveAll(update => update.At < oldest);
            var wanted = updates.Where(update => update.Position >= start && wants(update.Type)).Take(limit).ToList();
            var marker = wanted.Count == limit || wanted.Count == 0 ? wanted.LastOrDefault()?.Position + 1 ?? start : next;
            return new QueuedBatch(wanted, marker);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed record QueuedUpdate(long Position, string Type, string Chat, byte[] Json, DateTimeOffset At);

/// <param name="Next">The position after the last update looked at: what to pass next time.</param>
internal sealed record QueuedBatch(IReadOnlyList<QueuedUpdate> Updates, long Next);

namespace OptFm.Server.Storage;

/// <summary>
/// The one writer of the database. Whatever waits while a transaction is being made durable goes into the next one together,
/// so that durability costs one fsync per batch and not one per message (group commit).
/// A piece of work that fails undoes itself alone: the batch is rolled back and run again, each piece behind a savepoint of its own.
/// So work may run twice, and must do nothing but statements. A commit that fails fails all its pieces.
/// </summary>
public sealed class GroupCommit : IDisposable
{
    /// <summary>Work that may wait at once; beyond it new work is refused, so that memory stays bounded when the disk stalls.</summary>
    private const int MostWaiting = 20_000;

    private const int MostTogether = 512;

    /// <summary>A batch of this size tells that the writer is busy: the next one may wait a moment to grow.</summary>
    private const int Busy = 8;

    /// <summary>How many pieces are company enough.</summary>
    private const int Company = 64;

    /// <summary>How long a busy writer waits for company. Far below what an acknowledgement may take, and it halves what is written.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly Session _session;
    private readonly Action<Session> _afterCommit;
    private readonly Queue<IWork> _waiting = new();
    private readonly Thread _thread;
    private bool _gathering;
    private bool _stopping;

    private long _failures;

    /// <param name="session">The writing connection; owned from now on.</param>
    /// <param name="afterCommit">Run on the writer's thread between transactions.</param>
    public GroupCommit(Session session, Action<Session> afterCommit)
    {
        _session = session;
        _afterCommit = afterCommit;
        _thread = new Thread(Run) { IsBackground = true, Name = "group commit" };
        _thread.Start();
    }

    /// <summary>How many pieces of work the database would not store.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Runs <paramref name="work"/> in a transaction; the task completes once it is on disk.</summary>
    /// <exception cref="StoreException">The work could not be made durable; nothing of it is there.</exception>
    public Task<T> RunAsync<T>(Func<Session, T> work)
    {
        var item = new Work<T>(work);
        lock (_waiting)
        {
            if (_stopping) throw new StoreException("the store is closed");
            if (_waiting.Count >= MostWaiting) throw new StoreException("too much waits to be stored");
            _waiting.Enqueue(item);
            if (_waiting.Count == (_gathering ? Company : 1)) Monitor.Pulse(_waiting);
        }

        return item.Task;
    }

    /// <summary>Finishes what waits, then closes the connection.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _stopping = true;
            Monitor.Pulse(_waiting);
        }

        _thread.Join();
        _session.Dispose();
    }

    private void Run()
    {
        var batch = new List<IWork>(MostTogether);
        while (TakeBatch(batch))
        {
            Commit(batch);
            RunAfterCommit();
        }
    }

    /// <param name="batch">The batch before; holds the next one afterwards.</param>
    private bool TakeBatch(List<IWork> batch)
    {
        lock (_waiting)
        {
            if (batch.Count >= Busy && _waiting.Count < Company && !_stopping) Gather();
            while (_waiting.Count == 0)
            {
                if (_stopping) return false;
                Monitor.Wait(_waiting);
            }

            batch.Clear();
            while (batch.Count < MostTogether && _waiting.TryDequeue(out var work)) batch.Add(work);
            return true;
        }
    }

    private void Gather()
    {
        _gathering = true;
        Monitor.Wait(_waiting, Gathering);
        _gathering = false;
    }

    private void Commit(List<IWork> batch)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            if (!batch.TrueForAll(work => work.Run(_session)))
            {
                _session.Execute("ROLLBACK");
                _session.Execute("BEGIN IMMEDIATE");
                foreach (var work in batch) RunApart(work);
            }

            _session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            Interlocked.Add(ref _failures, batch.Count);
            foreach (var work in batch) work.Fail(e as StoreException ?? new StoreException("the database refused to store: " + e.Message, e));
            return;
        }

        foreach (var work in batch) work.Complete();
    }

    /// <summary>With a savepoint, which costs more than most pieces: SQLite keeps a copy of every page touched after it.</summary>
    private void RunApart(IWork work)
    {
        _session.Execute("SAVEPOINT work");
        if (!work.Run(_session)) _session.Execute("ROLLBACK TO work");
        _session.Execute("RELEASE work");
    }

    private void RollBack()
    {
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or InvalidOperationException)
        {
            // SQLite has rolled back by itself (disk full, I/O error): https://sqlite.org/lang_transaction.html
        }
    }

    private void RunAfterCommit()
    {
        try
        {
            _afterCommit(_session);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // A checkpoint that did not go through is tried again after a later commit.
        }
    }

    private interface IWork
    {
        bool Run(Session session);

        void Complete();

        void Fail(StoreException error);
    }

    private sealed class Work<T>(Func<Session, T> work) : IWork
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;

        public Task<T> Task => _done.Task;

        public bool Run(Session session)
        {
            _error = null;
            try
            {
                _result = work(session);
                return true;
            }
            catch (Exception e)
            {
                _error = e;
                return false;
            }
        }

        public void Complete()
        {
            if (_error is null) _done.SetResult(_result!);
            else if (_error is Microsoft.Data.Sqlite.SqliteException) Fail(new StoreException("the database refused to store: " + _error.Message, _error));
            else _done.SetException(_error);
        }

        public void Fail(StoreException error) => _done.TrySetException(error);
    }
}

/// <summary>The store could not do what it was asked; nothing was half done.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

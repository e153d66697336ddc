using System.Data.Common;

namespace OptFm.Server.Storage;

/// <summary>
/// A writer of the database. Whatever waits while a transaction is being made durable goes into the next one together,
/// so that durability costs one fsync per batch and not one per message (group commit), and on PostgreSQL one round trip.
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

    /// <summary>How often a batch is run again that met other transactions in the way.</summary>
    private const int MostAttempts = 5;

    /// <summary>How long a busy writer waits for company. Far below what an acknowledgement may take, and it halves what is written.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly IWriter _writer;
    private readonly Queue<Work> _waiting = new();
    private readonly Thread _thread;
    private bool _gathering;
    private bool _stopping;

    private long _failures;

    /// <param name="writer">Owned from now on, and used on this writer's thread alone.</param>
    public GroupCommit(IWriter writer)
    {
        _writer = writer;
        _thread = new Thread(Run) { IsBackground = true, Name = "group commit" };
        _thread.Start();
    }

    /// <summary>How many pieces of work the database would not store.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Runs <paramref name="work"/> in a transaction; the task completes once it is on disk.</summary>
    /// <exception cref="StoreException">The work could not be made durable; nothing of it is there.</exception>
    public Task<T> RunAsync<T>(Turn turn, Func<Session, T> work)
    {
        var item = new Work<T>(turn, work);
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
        _writer.Dispose();
    }

    private void Run()
    {
        var batch = new List<Work>(MostTogether);
        while (TakeBatch(batch))
        {
            _writer.Order(batch);
            Commit(batch);
            _writer.AfterCommit();
        }
    }

    /// <param name="batch">The batch before; holds the next one afterwards.</param>
    private bool TakeBatch(List<Work> batch)
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

    private void Commit(List<Work> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            Session? session = null;
            try
            {
                session = _writer.Open();
                Commit(session, batch);
                break;
            }
            catch (Exception e)
            {
                session?.RollBack();
                if (attempt < MostAttempts && session?.MayRepeat(e) == true) continue;

                Interlocked.Add(ref _failures, batch.Count);
                var problem = e as StoreException ?? session!.Explain(e);
                foreach (var work in batch) work.Fail(problem);
                return;
            }
        }

        foreach (var work in batch) work.Complete();
    }

    private static void Commit(Session session, List<Work> batch)
    {
        if (CommitTogether(session, batch)) return;

        session.RollBack();
        session.Begin();
        foreach (var work in batch) session.RunApart(() => work.Run(session, settle: true));
        session.Commit();
    }

    /// <returns>False when a piece failed: nothing was committed.</returns>
    private static bool CommitTogether(Session session, List<Work> batch)
    {
        try
        {
            session.Begin();
            if (!batch.TrueForAll(work => work.Run(session, settle: false))) return false;
            session.Commit();
            return true;
        }
        catch (Exception e) when (session.IsOfOnePiece(e))
        {
            return false;
        }
    }

    /// <summary>A piece of work on its way to the disk.</summary>
    public abstract class Work(Turn turn)
    {
        public Turn Turn { get; } = turn;

        /// <param name="settle">Whether its outcome must be known when this returns.</param>
        internal abstract bool Run(Session session, bool settle);

        internal abstract void Complete();

        internal abstract void Fail(StoreException error);
    }

    private sealed class Work<T>(Turn turn, Func<Session, T> work) : Work(turn)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;
        private StoreException? _problem;

        public Task<T> Task => _done.Task;

        internal override bool Run(Session session, bool settle)
        {
            (_error, _problem) = (null, null);
            try
            {
                _result = work(session);
                if (settle) session.Settle();
                return true;
            }
            catch (Exception e) when (!session.MayRepeat(e))
            {
                _error = e;
                if (e is DbException) _problem = session.Explain(e);
                return false;
            }
        }

        internal override void Complete()
        {
            if (_error is null) _done.SetResult(_result!);
            else _done.SetException(_problem ?? _error);
        }

        internal override void Fail(StoreException error) => _done.TrySetException(error);
    }
}

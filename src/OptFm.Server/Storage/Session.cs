using System.Data.Common;
using OptFm.Server.Queue;

namespace OptFm.Server.Storage;

/// <summary>
/// One connection with its statements kept compiled: compiling costs several times what running these short statements does
/// (docs/decisions/0003-sqlite-and-prepared-statements.md). Used by one thread at a time.
/// Statements with a result later are sent no later than the transaction ends, in the order in which they were given.
/// </summary>
public abstract class Session : IDisposable
{
    /// <summary>What the databases must be told differently.</summary>
    public abstract QueueSql Queue { get; }

    public abstract bool HasTable(string name);

    /// <returns>How many rows were written.</returns>
    public int Execute(string sql, params ReadOnlySpan<Param> values) => ExecuteLater(sql, values).Value;

    /// <returns>Every row, read by <paramref name="read"/>.</returns>
    public List<T> All<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values) => AllLater(sql, read, values).Value;

    /// <returns>The first row, or the type's default when there is none.</returns>
    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values) => FirstLater(sql, read, values).Value;

    /// <summary>For statements whose outcome nobody asks for: they must succeed, whatever rows they meet.</summary>
    public abstract void Write(string sql, params ReadOnlySpan<Param> values);

    /// <summary>For statements that must write a row.</summary>
    /// <param name="otherwise">What fails the work when it did not. Thrown at any later statement, or before the commit.</param>
    public abstract void Expect(string sql, Func<Exception> otherwise, params ReadOnlySpan<Param> values);

    /// <inheritdoc cref="Execute"/>
    public abstract Later<int> ExecuteLater(string sql, params ReadOnlySpan<Param> values);

    /// <inheritdoc cref="All"/>
    public abstract Later<List<T>> AllLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values);

    /// <inheritdoc cref="First"/>
    public abstract Later<T?> FirstLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values);

    /// <summary>Says, once the transaction is on disk, to the other processes that something was put in a queue.</summary>
    public virtual void Announce(string queue, string channel)
    {
    }

    public abstract void Begin();

    /// <exception cref="DbException">The database refused, or the outcome is unknown: see <see cref="MayRepeat"/>.</exception>
    public abstract void Commit();

    /// <summary>Undoes what was begun, if anything was; never throws.</summary>
    public abstract void RollBack();

    /// <summary>Has everything sent and checked that was given so far.</summary>
    public virtual void Settle()
    {
    }

    /// <summary>Runs <paramref name="work"/> so that its failure undoes it and nothing before it.</summary>
    /// <param name="work">Settled when it returns; false when it failed.</param>
    public abstract void RunApart(Func<bool> work);

    /// <summary>Whether the failure is of the moment and not of the work: nothing was stored and the same batch may succeed when it is run again.</summary>
    public virtual bool MayRepeat(Exception failure) => false;

    /// <summary>Whether the failure of a batch is that of one of its pieces, though nobody knows of which.</summary>
    public virtual bool IsOfOnePiece(Exception failure) => false;

    /// <summary>What to tell whoever wanted something stored.</summary>
    public virtual StoreException Explain(Exception failure) => new("the database refused to store: " + failure.Message, failure);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

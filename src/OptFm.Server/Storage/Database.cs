using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Storage;

/// <summary>
/// What must not be lost: embedded SQLite for one node, PostgreSQL for several.
/// Both run the same pieces of work, each a few statements; see docs/decisions/0010-postgresql-beside-sqlite.md.
/// </summary>
public abstract class Database : IDisposable
{
    /// <summary>Whether this process is the only server of the database, so that whatever is claimed at its start was left by a dead one.</summary>
    public abstract bool ServedAlone { get; }

    /// <summary>The clock that all nodes share; null where this process's own will do.</summary>
    public virtual TimeProvider? Clock => null;

    /// <summary>Called with queue and channel when another process has put something in a queue. May be called for nothing, and often.</summary>
    public Action<string, string>? Woken { get; set; }

    /// <summary>
    /// Called every second or two, where servers share the database, with a session of its own that waits for no other work. What it throws
    /// is taken for a failure of the connection, and it is called again on a new one.
    /// </summary>
    public Action<Session>? Pulse { get; set; }

    /// <summary>Opens the configured database as the server does.</summary>
    /// <exception cref="StoreException">It cannot be used, or is newer than this program.</exception>
    public static Database OpenToServe(StorageOptions options, TimeProvider clock) =>
        options.Postgres is { } server ? OpenToServe(server, options, clock) : SqliteDatabase.OpenToServe(options.DatabaseFile);

    /// <summary>Opens the configured database beside servers that may be running, as the commands do.</summary>
    /// <exception cref="StoreException">It cannot be used, or is newer than this program.</exception>
    public static Database OpenBeside(StorageOptions options, TimeProvider clock) =>
        options.Postgres is { } server ? PostgresDatabase.Open(server with { Connections = PostgresOptions.FewestConnections }, clock) : SqliteDatabase.OpenBeside(options.DatabaseFile);

    /// <summary>What the message path has cost; reads are counted only where they travel.</summary>
    public DatabaseFigures Figures { get; } = new();

    /// <summary>How many pieces of work could not be stored since it was opened.</summary>
    public abstract long WriteFailures { get; }

    /// <summary>What it takes on the disk, this machine's or the server's.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public abstract StoreSize Size();

    /// <summary>Runs <paramref name="work"/> in a transaction shared with whatever else waits; completes once it is on disk.</summary>
    /// <param name="turn">Whose rows the work touches.</param>
    /// <param name="work">Nothing but statements: it may run more than once.</param>
    /// <exception cref="StoreException">
    /// It was not stored, or, where the connection was lost during the commit, nobody knows: so it must be harmless when repeated.
    /// </exception>
    public abstract Task<T> WriteAsync<T>(Turn turn, Func<Session, T> work);

    /// <summary>Runs work that touches rows of no particular chat.</summary>
    /// <inheritdoc cref="WriteAsync{T}(Turn, Func{Session, T})"/>
    public Task<T> WriteAsync<T>(Func<Session, T> work) => WriteAsync(Turn.Any, work);

    /// <summary>Runs statements that only read, on a connection of their own.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public abstract T Read<T>(Func<Session, T> work);

    /// <summary>Finishes what waits, then closes.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>DATA_DIR holds more than a database, and others rely on its being there.</summary>
    private static PostgresDatabase OpenToServe(PostgresOptions server, StorageOptions options, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.DatabaseFile)!);
        return PostgresDatabase.Open(server, clock);
    }
}

/// <param name="Bytes">Of the database.</param>
/// <param name="LogBytes">Of the write-ahead log beside it; 0 where a server keeps it.</param>
public sealed record StoreSize(long Bytes, long LogBytes);

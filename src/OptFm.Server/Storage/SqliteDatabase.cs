using Microsoft.Data.Sqlite;
using OptFm.Server.Storage.Copying;

namespace OptFm.Server.Storage;

/// <summary>The embedded SQLite database: one file, one writer with group commit, readers beside it.</summary>
public sealed class SqliteDatabase : Database
{
    /// <summary>SQLITE_DBCONFIG_ENABLE_QPSG. https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigenableqpsg</summary>
    private const int QueryPlannerStability = 1007;

    private readonly string _file;
    private readonly string _readers;
    private readonly FileStream? _owner;
    private readonly GroupCommit _writer;
    private readonly Checkpoints _checkpoints;

    private SqliteDatabase(string file, FileStream? owner)
    {
        _file = file;
        _owner = owner;
        _readers = ConnectionString(file, pooling: true);
        _checkpoints = new Checkpoints(file);
        var session = Open(file, Figures);
        try
        {
            Migrator.Migrate(session);
            CopyRecord.CheckFinished(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        _writer = new GroupCommit(new SqliteWriter(session, _checkpoints));
    }

    public override bool ServedAlone => true;

    public override long WriteFailures => _writer.Failures;

    /// <summary>Opens the database as the server does: nobody else may serve from it meanwhile.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is served already, or is newer than this program.</exception>
    public static SqliteDatabase OpenToServe(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return Guarded(file, TakeLock(file));
    }

    /// <summary>What a server holds while it serves from the database, and whoever must not meet a server takes, too.</summary>
    /// <exception cref="StoreException">A server runs on it.</exception>
    public static FileStream TakeLock(string file)
    {
        try
        {
            return new FileStream(LockFile(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException e)
        {
            throw new StoreException($"{file} is in use by another optfm server", e) { InRussian = $"{file} занята другим сервером optfm" };
        }
    }

    public static string LockFile(string file) => file + ".lock";

    /// <summary>Opens the database beside a server that may be running, as the commands do.</summary>
    public static SqliteDatabase OpenBeside(string file) => Guarded(file, owner: null);

    public override Task<T> WriteAsync<T>(Turn turn, Func<Session, T> work) => _writer.RunAsync(turn, work);

    public override StoreSize Size() => new(Length(_file), Length(_file + "-wal"));

    public override T Read<T>(Func<Session, T> work)
    {
        try
        {
            var connection = new SqliteConnection(_readers);
            connection.Open();
            using var session = new SqliteSession(connection);
            return work(session);
        }
        catch (SqliteException e)
        {
            throw new StoreException("the database cannot be read: " + e.Message, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _writer.Dispose();
        _checkpoints.Dispose();
        SqliteConnection.ClearAllPools();
        _owner?.Dispose();
    }

    internal static SqliteSession Open(string file, DatabaseFigures? figures = null) => SetUp(Connect(file), figures);

    internal static SqliteSession SetUp(SqliteConnection connection, DatabaseFigures? figures = null)
    {
        var session = new SqliteSession(connection, figures);
        session.First("PRAGMA journal_mode = WAL", r => r.GetString(0));
        // FULL: a commit is on disk before it returns, so an acknowledged update survives a power cut.
        // https://sqlite.org/pragma.html#pragma_synchronous
        session.Execute("PRAGMA synchronous = FULL");
        session.First("PRAGMA wal_autocheckpoint = 0", r => r.GetInt64(0));
        session.First($"PRAGMA journal_size_limit = {Checkpoints.KeptBytes}", r => r.GetInt64(0));
        session.Execute("PRAGMA cache_size = -16000");
        session.Execute("PRAGMA temp_store = MEMORY");
        session.First("PRAGMA busy_timeout = 5000", r => r.GetInt64(0));
        return session;
    }

    /// <summary>
    /// A connection that keeps the plans of its statements. Otherwise SQLite compiles a statement again whenever a value is bound
    /// that a partial index's condition might mention, such as the channel in most statements on the outbox.
    /// https://sqlite.org/queryplanner-ng.html#the_query_planner_stability_guarantee
    /// </summary>
    internal static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(ConnectionString(file, pooling: false));
        connection.Open();
        SQLitePCL.raw.sqlite3_db_config(connection.Handle!, QueryPlannerStability, 1, out _);
        return connection;
    }

    private static SqliteDatabase Guarded(string file, FileStream? owner)
    {
        try
        {
            return new SqliteDatabase(file, owner);
        }
        catch (SqliteException e)
        {
            owner?.Dispose();
            throw new StoreException($"cannot open {file}: {e.Message}", e) { MayPass = IsOfTheMoment(e) };
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    /// <summary>Busy, locked, out of memory, an I/O error, a full disk: https://sqlite.org/rescode.html</summary>
    private static bool IsOfTheMoment(SqliteException e) => e.SqliteErrorCode is 5 or 6 or 7 or 10 or 13;

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static string ConnectionString(string file, bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = pooling, DefaultTimeout = 10 }.ToString();
}

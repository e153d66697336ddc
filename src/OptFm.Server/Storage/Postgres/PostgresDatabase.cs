using System.Data.Common;
using Npgsql;
using OptFm.Server.Storage.Copying;

namespace OptFm.Server.Storage.Postgres;

/// <summary>PostgreSQL, shared with other nodes: a few writers with group commit, readers, one connection that listens.</summary>
public sealed class PostgresDatabase : Database
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _readers;
    private readonly DatabaseClock _clock;
    private readonly Notices _notices;
    private readonly List<GroupCommit> _writers;

    private PostgresDatabase(PostgresOptions options, NpgsqlDataSource source, TimeProvider local)
    {
        _options = options;
        _source = source;
        _clock = new DatabaseClock(local);
        _readers = new SemaphoreSlim(options.Readers);
        _notices = new Notices(source, Figures, _clock, local, (queue, channel) => Woken?.Invoke(queue, channel), session => Pulse?.Invoke(session), options.BetweenPulses);
        _writers = [.. Enumerable.Range(0, options.Writers).Select(_ => new GroupCommit(new PostgresWriter(source, Figures, local, _notices.Announce)))];
    }

    /// <summary>Other nodes may be at work.</summary>
    public override bool ServedAlone => false;

    public override TimeProvider? Clock => _clock;

    public override long WriteFailures => _writers.Sum(writer => writer.Failures);

    /// <exception cref="StoreException">The server cannot be used, or the database is newer than this program.</exception>
    public static PostgresDatabase Open(PostgresOptions options, TimeProvider local)
    {
        NpgsqlDataSource? source = null;
        PostgresDatabase? database = null;
        try
        {
            source = new NpgsqlDataSourceBuilder(options.Configured().ConnectionString).Build();
            Prepare(source.OpenConnection());
            database = new PostgresDatabase(options, source, local);
            database.SetClock();
            database._notices.Start();
            return database;
        }
        catch (Exception e) when (e is DbException or ArgumentException or IOException or TimeoutException or InvalidOperationException)
        {
            database?.Dispose();
            source?.Dispose();
            throw PostgresProblem.Of(e, options.Place);
        }
        catch
        {
            source?.Dispose();
            throw;
        }
    }

    public override Task<T> WriteAsync<T>(Turn turn, Func<Session, T> work) => WriterOf(turn).RunAsync(turn, work);

    public override StoreSize Size() => new(Read(session => session.First("SELECT pg_database_size(current_database())", r => r.GetInt64(0))), LogBytes: 0);

    public override T Read<T>(Func<Session, T> work)
    {
        if (!_readers.Wait(TimeSpan.FromSeconds(_options.Address.CommandTimeout))) throw new StoreException("the database is too busy to be read");

        try
        {
            return ReadTwice(work);
        }
        catch (DbException e)
        {
            throw PostgresProblem.Of(e);
        }
        finally
        {
            _readers.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var writer in _writers) writer.Dispose();
        _notices.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _source.Dispose();
        _readers.Dispose();
    }

    /// <summary>A connection out of the pool may have died there unnoticed: then a fresh one is tried.</summary>
    private T ReadTwice<T>(Func<Session, T> work)
    {
        try
        {
            return ReadOnce(work);
        }
        catch (Exception e) when (PostgresErrors.IsConnectionLost(e) && !PostgresErrors.IsTimeout(e))
        {
            _source.Clear();
            return ReadOnce(work);
        }
    }

    private T ReadOnce<T>(Func<Session, T> work)
    {
        using var session = new PostgresSession(_source.OpenConnection(), Figures);
        var result = work(session);
        session.Settle();
        return result;
    }

    /// <summary>A chat's rows are written by one writer, so that its pieces of work follow each other instead of waiting for locks.</summary>
    private GroupCommit WriterOf(Turn turn) =>
        turn.IsClaim ? _writers[^1] : _writers[(int)((uint)string.GetHashCode(turn.Chat, StringComparison.Ordinal) % _writers.Count)];

    private static void Prepare(NpgsqlConnection connection)
    {
        using var session = new PostgresSession(connection, new DatabaseFigures());
        PostgresMigrator.Migrate(connection);
        CopyRecord.CheckFinished(session);
    }

    private void SetClock()
    {
        using var connection = _source.OpenConnection();
        _notices.SetClockAsync(connection, CancellationToken.None).GetAwaiter().GetResult();
    }
}

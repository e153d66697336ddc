using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using OptFm.Server.Queue;

namespace OptFm.Server.Storage.Postgres;

/// <summary>
/// A connection to a server. Statements gather until a result is looked at or the transaction ends, and then go out together: one round
/// trip for all of them, and the server keeps each compiled.
/// </summary>
/// <param name="connection">Open; owned from now on.</param>
/// <param name="figures">Counts what is sent.</param>
public sealed class PostgresSession(NpgsqlConnection connection, DatabaseFigures figures) : Session
{
    /// <summary>Statements that go out together at most, so that a batch of reads never holds more answers than one transaction needs.</summary>
    private const int MostWaiting = 2048;

    private static readonly ConcurrentDictionary<string, PositionalSql> Known = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string> Insisting = new(StringComparer.Ordinal);

    private readonly HashSet<(string Queue, string Channel)> _announced = [];
    private List<Statement> _waiting = [];
    private List<Statement> _sent = [];
    private bool _lost;

    public override QueueSql Queue => QueueSql.Postgres;

    /// <summary>Whether the server may have committed what was last begun.</summary>
    internal bool CommitSent { get; private set; }

    /// <summary>False once the connection is lost, or leads to a server that takes no writes any more.</summary>
    internal bool IsUsable => !_lost && connection.FullState == ConnectionState.Open;

    public override bool HasTable(string name) => First("SELECT to_regclass(@name) IS NOT NULL", r => r.GetBoolean(0), ("@name", name));

    public override void Write(string sql, params ReadOnlySpan<Param> values) => Add(new WrittenStatement(Command(sql, values)));

    public override void Expect(string sql, Func<Exception> otherwise, params ReadOnlySpan<Param> values)
    {
        Add(new ExpectedStatement(Command(Insisting.GetOrAdd(sql, Insist), values), otherwise));
    }

    public override Later<int> ExecuteLater(string sql, params ReadOnlySpan<Param> values) => Ask(new CountedStatement(this, Command(sql, values)));

    public override Later<List<T>> AllLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values) => Ask(
        new QueryStatement<List<T>>(this, Command(sql, values), reader =>
        {
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }));

    public override Later<T?> FirstLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values)
        where T : default => Ask(new QueryStatement<T?>(this, Command(sql, values), reader => reader.Read() ? read(reader) : default));

    public override void Announce(string queue, string channel) => _announced.Add((queue, channel));

    public override void Begin()
    {
        CommitSent = false;
        Forget();
        Write("BEGIN");
    }

    public override void Commit()
    {
        CommitSent = true;
        Write("COMMIT");
        Send();
        figures.CountTransaction();
    }

    public override void RollBack()
    {
        Forget();
        if (!IsUsable) return;

        try
        {
            Write("ROLLBACK");
            Send();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            // The server rolls back what a dead connection left; this one is not used again.
            _lost = true;
        }
    }

    public override void Settle() => Send();

    public override void RunApart(Func<bool> work)
    {
        Execute("SAVEPOINT work");
        if (!work())
        {
            _waiting.Clear();
            Write("ROLLBACK TO work");
        }

        Write("RELEASE work");
    }

    public override bool MayRepeat(Exception failure) => PostgresErrors.IsConflict(failure) || (PostgresErrors.IsConnectionLost(failure) && !CommitSent);

    public override bool IsOfOnePiece(Exception failure) => failure is not DbException || failure is PostgresException refused && !PostgresErrors.IsOfTheMoment(refused);

    public override StoreException Explain(Exception failure) => PostgresErrors.IsConnectionLost(failure) ? PostgresProblem.Of(failure) : base.Explain(failure);

    /// <summary>What was announced since the last call and is on disk now.</summary>
    internal IReadOnlyCollection<(string Queue, string Channel)> TakeAnnounced()
    {
        (string, string)[] announced = [.. _announced];
        _announced.Clear();
        return announced;
    }

    /// <summary>Sends what waits, in one round trip.</summary>
    /// <exception cref="DbException">A statement failed: none of those after it ran.</exception>
    internal void Send()
    {
        if (_waiting.Count == 0) return;

        (_waiting, _sent) = (_sent, _waiting);
        try
        {
            using var batch = new NpgsqlBatch(connection);
            foreach (var statement in _sent) batch.BatchCommands.Add(statement.Command);
            figures.CountRoundTrip(_sent.Count);
            Receive(batch);
            foreach (var statement in _sent) statement.Finish();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero && _sent.Find(sent => sent.Command == e.BatchCommand) is ExpectedStatement unmet)
        {
            throw unmet.Otherwise();
        }
        catch (Exception e) when (PostgresErrors.IsConnectionLost(e))
        {
            _lost = true;
            throw;
        }
        finally
        {
            _sent.Clear();
        }
    }

    protected override void Dispose(bool disposing) => connection.Dispose();

    private void Receive(NpgsqlBatch batch)
    {
        using var reader = batch.ExecuteReader();
        foreach (var statement in _sent)
        {
            if (!statement.HasRows) continue;
            statement.Read(reader);
            reader.NextResult();
        }

        while (reader.NextResult())
        {
            // Only what has no rows is left: reading on to its end brings the failures of the last statements.
        }
    }

    private Later<T> Ask<T>(AskedStatement<T> statement)
    {
        Add(statement);
        return new(statement);
    }

    private void Add(Statement statement)
    {
        _waiting.Add(statement);
        if (_waiting.Count >= MostWaiting) Send();
    }

    private void Forget()
    {
        _waiting.Clear();
        _announced.Clear();
    }

    /// <summary>
    /// Fails where the statement writes no row. So the server itself keeps the commit from happening that travels behind it, and nobody has to
    /// hear how it went before the commit goes out.
    /// </summary>
    private static string Insist(string sql) => $"WITH written AS ({sql} RETURNING 1) SELECT 1 / count(*) FROM written";

    private static NpgsqlBatchCommand Command(string sql, ReadOnlySpan<Param> values)
    {
        if (!Known.TryGetValue(sql, out var known)) Known.TryAdd(sql, known = PositionalSql.Of(sql, values));
#pragma warning disable CA2100 // Every statement is a constant of this program; values travel as parameters.
        var command = new NpgsqlBatchCommand(known.Text);
#pragma warning restore CA2100
        foreach (var index in known.Order) command.Parameters.Add(Parameter(values[index]));
        return command;
    }

    private static NpgsqlParameter Parameter(Param value) => value.Type switch
    {
        ParamType.Number => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value.Value ?? DBNull.Value },
        ParamType.Bytes => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = value.Value ?? DBNull.Value },
        _ => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value.Value is string text ? PostgresText.Storable(text) : DBNull.Value },
    };
}

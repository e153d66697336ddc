using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>A statement that waits to be sent, or whose result has come.</summary>
internal abstract class Statement(NpgsqlBatchCommand command)
{
    public NpgsqlBatchCommand Command => command;

    /// <summary>Whether the server answers with rows, which must be read in turn.</summary>
    public abstract bool HasRows { get; }

    /// <summary>Called when the answer to it is next in <paramref name="reader"/>.</summary>
    public virtual void Read(NpgsqlDataReader reader)
    {
    }

    /// <summary>Called when the whole batch has succeeded, in the order of its statements.</summary>
    public virtual void Finish()
    {
    }
}

/// <summary>A statement whose outcome nobody asks for.</summary>
internal sealed class WrittenStatement(NpgsqlBatchCommand command) : Statement(command)
{
    public override bool HasRows => false;
}

/// <summary>A statement that divides by zero unless it writes a row.</summary>
internal sealed class ExpectedStatement(NpgsqlBatchCommand command, Func<Exception> otherwise) : Statement(command)
{
    /// <summary>What that means.</summary>
    public Func<Exception> Otherwise => otherwise;

    public override bool HasRows => true;
}

/// <summary>A statement whose result is looked at sooner or later.</summary>
internal abstract class AskedStatement<T>(PostgresSession session, NpgsqlBatchCommand command) : Statement(command), IPending<T>
{
    private T? _result;
    private bool _known;

    public T Take()
    {
        if (!_known) session.Send();
        return _known ? _result! : throw new InvalidOperationException("the statement was undone before its result was looked at");
    }

    protected void Know(T result)
    {
        _result = result;
        _known = true;
    }
}

internal sealed class CountedStatement(PostgresSession session, NpgsqlBatchCommand command) : AskedStatement<int>(session, command)
{
    public override bool HasRows => false;

    public override void Finish() => Know(Math.Max(0, Command.RecordsAffected));
}

internal sealed class QueryStatement<T>(PostgresSession session, NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> read)
    : AskedStatement<T>(session, command)
{
    public override bool HasRows => true;

    public override void Read(NpgsqlDataReader reader) => Know(read(reader));
}

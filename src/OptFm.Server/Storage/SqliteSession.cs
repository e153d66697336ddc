using System.Data.Common;
using Microsoft.Data.Sqlite;
using OptFm.Server.Queue;

namespace OptFm.Server.Storage;

/// <summary>A connection to the embedded database: every statement runs at once, a function call away.</summary>
/// <param name="connection">Open; owned from now on.</param>
/// <param name="figures">Counts what is asked, if given.</param>
public sealed class SqliteSession(SqliteConnection connection, DatabaseFigures? figures = null) : Session
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public override QueueSql Queue => QueueSql.Sqlite;

    public override bool HasTable(string name) => First("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = @name", r => true, ("@name", name));

    public override void Write(string sql, params ReadOnlySpan<Param> values) => Prepared(sql, values).ExecuteNonQuery();

    public override void Expect(string sql, Func<Exception> otherwise, params ReadOnlySpan<Param> values)
    {
        if (Prepared(sql, values).ExecuteNonQuery() == 0) throw otherwise();
    }

    public override Later<int> ExecuteLater(string sql, params ReadOnlySpan<Param> values) => new(Prepared(sql, values).ExecuteNonQuery());

    public override Later<List<T>> AllLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values)
    {
        using var reader = Prepared(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return new(rows);
    }

    public override Later<T?> FirstLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values)
        where T : default
    {
        using var reader = Prepared(sql, values).ExecuteReader();
        return new(reader.Read() ? read(reader) : default);
    }

    public override void Begin() => Write("BEGIN IMMEDIATE");

    public override void Commit()
    {
        Write("COMMIT");
        figures?.CountTransaction();
    }

    public override void RollBack()
    {
        try
        {
            Write("ROLLBACK");
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            // SQLite has rolled back by itself (disk full, I/O error): https://sqlite.org/lang_transaction.html
        }
    }

    /// <summary>With a savepoint, which costs more than most pieces: SQLite keeps a copy of every page touched after it.</summary>
    public override void RunApart(Func<bool> work)
    {
        Write("SAVEPOINT work");
        if (!work()) Write("ROLLBACK TO work");
        Write("RELEASE work");
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var command in _prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(string sql, ReadOnlySpan<Param> values)
    {
        figures?.CountStatement();
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this program; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            _prepared.Add(sql, command);
            foreach (var value in values) command.Parameters.Add(new SqliteParameter(value.Name, value.Value ?? DBNull.Value));
            return command;
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }
}

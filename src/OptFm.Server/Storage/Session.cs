using Microsoft.Data.Sqlite;

namespace OptFm.Server.Storage;

/// <summary>A named value of a statement.</summary>
public readonly record struct Param(string Name, object? Value)
{
    public static implicit operator Param((string Name, object? Value) pair) => new(pair.Name, pair.Value);
}

/// <summary>
/// One connection with its statements kept compiled: compiling costs several times what running these short statements does
/// (docs/decisions/0003-sqlite-and-prepared-statements.md). Used by one thread at a time.
/// </summary>
public sealed class Session(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <returns>How many rows were written.</returns>
    public int Execute(string sql, params ReadOnlySpan<Param> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <returns>Every row, read by <paramref name="read"/>.</returns>
    public List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<Param> values)
    {
        using var reader = Prepared(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <returns>The first row, or the type's default when there is none.</returns>
    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<Param> values)
    {
        using var reader = Prepared(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(string sql, ReadOnlySpan<Param> values)
    {
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

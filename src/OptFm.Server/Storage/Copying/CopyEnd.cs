using System.Data.Common;
using System.Globalization;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Storage.Copying;

/// <summary>One of the two databases of a copy: a connection that nobody else shares.</summary>
/// <param name="place">Where it is, for people; without a password.</param>
internal abstract class CopyEnd(string place, DbConnection connection, Session session) : IDisposable
{
    /// <summary>Bytes after which a page ends early, so that memory is bounded whatever customers sent.</summary>
    private const int PageBytes = 8 << 20;

    public string Place => place;

    public Session Session => session;

    /// <summary>Whether text with a NUL in it must be changed to be stored here.</summary>
    public abstract bool RefusesNul { get; }

    protected DbConnection Connection => connection;

    /// <exception cref="StoreException">It cannot be reached or used, or a server serves from it.</exception>
    public static CopyEnd Open(StorageOptions options) => options.Postgres is { } server ? PostgresEnd.Open(server) : SqliteEnd.Open(options.DatabaseFile);

    /// <summary>Keeps everybody from writing until this is closed.</summary>
    /// <exception cref="StoreException">Somebody is writing.</exception>
    public abstract void Freeze(IReadOnlyList<CopiedTable> tables);

    /// <summary>Adds rows within the transaction that was begun.</summary>
    public abstract void Insert(CopiedTable table, IReadOnlyList<object?[]> rows);

    /// <summary>Makes the next row's number follow the greatest there is.</summary>
    public abstract void FollowNumbers(CopiedTable table);

    /// <summary>Called after a transaction.</summary>
    public virtual void AfterCommit()
    {
    }

    /// <returns>The key of the last row; null where there is none.</returns>
    public object?[]? LastKey(CopiedTable table)
    {
        using var command = Command($"SELECT {table.KeyList} FROM {table.Name} ORDER BY {string.Join(", ", table.Key.Select(column => table.Columns[column].Name + " DESC"))} LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() ? [.. table.Key.Select((column, place) => Value(reader, place, table.Columns[column].Type))] : null;
    }

    /// <summary>Reads rows in the order of their keys.</summary>
    /// <param name="after">Only rows beyond this key; null begins at the first.</param>
    /// <param name="through">Only rows up to this key; null goes on to the last.</param>
    /// <param name="most">At most so many; fewer where they are large.</param>
    public CopyPage Read(CopiedTable table, object?[]? after, object?[]? through, int most)
    {
        using var command = Ranged($"SELECT {table.ColumnList} FROM {table.Name}", table, after, through);
        command.CommandText += string.Create(CultureInfo.InvariantCulture, $" ORDER BY {table.KeyList} LIMIT {most}");
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        for (long bytes = 0; bytes < PageBytes; bytes += Size(rows[^1]))
        {
            if (!reader.Read()) return new(rows, IsLast: rows.Count < most);
            rows.Add(Row(reader, table));
        }

        return new(rows, IsLast: false);
    }

    /// <summary>Deletes the rows between two keys.</summary>
    public void Delete(CopiedTable table, object?[]? after, object?[]? through)
    {
        using var command = Ranged($"DELETE FROM {table.Name}", table, after, through);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => session.Dispose();

#pragma warning disable CA2100 // Made of the names in this program's migrations; values travel as parameters.
    protected DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
#pragma warning restore CA2100

    private static object?[] Row(DbDataReader reader, CopiedTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++) row[i] = Value(reader, i, table.Columns[i].Type);
        return row;
    }

    private static object? Value(DbDataReader reader, int place, ParamType type)
    {
        if (reader.IsDBNull(place)) return null;
        return type switch
        {
            ParamType.Number => reader.GetInt64(place),
            ParamType.Bytes => reader.GetFieldValue<byte[]>(place),
            _ => reader.GetString(place),
        };
    }

    private static long Size(object?[] row) => row.Sum(value => value switch { string text => text.Length * 2L, byte[] bytes => bytes.Length, _ => sizeof(long) });

    private DbCommand Ranged(string sql, CopiedTable table, object?[]? after, object?[]? through)
    {
        var command = Command(sql);
        var bounds = new List<string>();
        if (after is not null) bounds.Add(Bound(command, table, ">", after));
        if (through is not null) bounds.Add(Bound(command, table, "<=", through));
        if (bounds.Count > 0) command.CommandText += " WHERE " + string.Join(" AND ", bounds);
        return command;
    }

    /// <summary>A comparison of whole keys. https://sqlite.org/rowvalue.html#scrolling_window_queries</summary>
    private static string Bound(DbCommand command, CopiedTable table, string comparison, object?[] key)
    {
        var names = new List<string>();
        foreach (var value in key)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{command.Parameters.Count}";
            parameter.Value = value;
            command.Parameters.Add(parameter);
            names.Add(parameter.ParameterName);
        }

        return $"({table.KeyList}) {comparison} ({string.Join(", ", names)})";
    }
}

/// <param name="IsLast">Whether nothing comes after these.</param>
internal sealed record CopyPage(IReadOnlyList<object?[]> Rows, bool IsLast);

using Microsoft.Data.Sqlite;

namespace OptFm.Server.Storage.Copying;

/// <param name="Type">The same in both databases, whatever it is called there.</param>
internal sealed record CopiedColumn(string Name, ParamType Type);

/// <summary>A table that this program's migrations make in both databases.</summary>
/// <param name="Columns">All of them.</param>
/// <param name="Key">Which of them are the primary key, in its order.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, IReadOnlyList<int> Key)
{
    /// <summary>What a shop must find again. A table of a later migration belongs here or among <see cref="LeftBehind"/>.</summary>
    private static readonly string[] Copied = ["inbox", "outbox", "lane", "conversation", "poll_marker", "watch", "delivery"];

    /// <summary>What says only how things are at the moment; and what are files on SQLite, which the first node on PostgreSQL imports.</summary>
    public static IReadOnlyList<string> LeftBehind { get; } = ["heartbeat", "node", "duty", "send_place", "content_head", "content", "content_part"];

    public static IReadOnlyList<CopiedTable> All { get; } = FromMigrations(Copied);

    /// <summary>Whether new rows are numbered by the database.</summary>
    public bool Numbered => Key is [var only] && Columns[only] is { Name: "id", Type: ParamType.Number };

    public string ColumnList => string.Join(", ", Columns.Select(column => column.Name));

    public string KeyList => string.Join(", ", Key.Select(column => Columns[column].Name));

    /// <summary>The tables of an empty SQLite database of this schema.</summary>
    public static IReadOnlyList<CopiedTable> FromMigrations(IReadOnlyCollection<string>? names = null)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var session = new SqliteSession(connection);
        Migrator.Migrate(session);
        var tables = session.All("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", r => r.GetString(0));
        return [.. tables.Where(table => names?.Contains(table) != false).Select(table => Of(session, table))];
    }

    private static CopiedTable Of(Session session, string table)
    {
        var columns = session.All(
            "SELECT name, type, pk FROM pragma_table_info(@table) ORDER BY cid", r => (Name: r.GetString(0), Type: r.GetString(1), Place: r.GetInt32(2)), ("@table", table));
        var key = columns.Select((column, index) => (column.Place, Index: index)).Where(column => column.Place > 0).OrderBy(column => column.Place);
        return new(table, [.. columns.Select(column => new CopiedColumn(column.Name, TypeOf(column.Type)))], [.. key.Select(column => column.Index)]);
    }

    private static ParamType TypeOf(string declared) => declared switch
    {
        "INTEGER" => ParamType.Number,
        "BLOB" => ParamType.Bytes,
        _ => ParamType.Text,
    };
}

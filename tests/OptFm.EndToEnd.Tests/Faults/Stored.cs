using Microsoft.Data.Sqlite;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>What the server's own database says, read beside it or after it.</summary>
internal sealed class Stored(string file) : IDisposable
{
    private readonly SqliteConnection _connection = new(new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString());

    public static Stored Of(RealServer server) => new(Path.Combine(server.Folder, "var", "optfm.db"));

    /// <summary>How many sends had an unknown outcome, by chat.</summary>
    public Dictionary<string, int> UnknownSends() =>
        Rows("SELECT chat, SUM(unknowns) FROM outbox GROUP BY chat HAVING SUM(unknowns) > 0").ToDictionary(row => row.Text, row => row.Number);

    /// <summary>Replies that were given up, by reason.</summary>
    public Dictionary<string, int> Buried() =>
        Rows("SELECT COALESCE(reason, ''), COUNT(*) FROM outbox WHERE state = 3 GROUP BY reason").ToDictionary(row => row.Text, row => row.Number);

    public int Count(string table, string where = "1") => Rows($"SELECT '', COUNT(*) FROM {table} WHERE {where}")[0].Number;

    /// <summary>What tells every customer's message from all others.</summary>
    public HashSet<string> Keys() => [.. Rows("SELECT channel || ' ' || key, 0 FROM inbox").Select(row => row.Text)];

    public string Integrity() => Rows("SELECT integrity_check, 0 FROM pragma_integrity_check")[0].Text;

    public void Dispose() => _connection.Dispose();

    private List<(string Text, int Number)> Rows(string sql)
    {
        if (_connection.State != System.Data.ConnectionState.Open) _connection.Open();
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<(string, int)>();
        while (reader.Read()) rows.Add((reader.GetString(0), reader.GetInt32(1)));
        return rows;
    }
}

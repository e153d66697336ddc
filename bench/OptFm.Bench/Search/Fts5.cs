using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace OptFm.Bench.Search;

/// <summary>
/// SQLite's full text search with its trigram tokenizer, what a shop has at hand without us: https://www.sqlite.org/fts5.html#the_trigram_tokenizer.
/// Any word of three letters or more may match; ranked by its BM25.
/// </summary>
internal sealed class Fts5 : IDisposable
{
    private const int ShortestWord = 3;
    private const int Most = 10;
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly SqliteCommand _search;

    public Fts5(IEnumerable<string> documents)
    {
        _connection.Open();
        Run("CREATE VIRTUAL TABLE documents USING fts5(text, tokenize='trigram')");
        using (var transaction = _connection.BeginTransaction())
        {
            using var insert = _connection.CreateCommand();
            insert.CommandText = "INSERT INTO documents(text) VALUES ($text)";
            var text = insert.Parameters.Add("$text", SqliteType.Text);
            foreach (var document in documents)
            {
                text.Value = document.ToLowerInvariant();
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        _search = _connection.CreateCommand();
        _search.CommandText = $"SELECT rowid FROM documents WHERE documents MATCH $words ORDER BY rank LIMIT {Most}";
        _search.Parameters.Add("$words", SqliteType.Text);
    }

    /// <returns>Numbers of documents from 0, best first.</returns>
    public List<int> Search(string query)
    {
        var words = query.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= ShortestWord);
        var found = new List<int>();
        var match = string.Join(" OR ", words.Select(word => $"\"{word.Replace("\"", "\"\"")}\""));
        if (match.Length == 0) return found;
        _search.Parameters[0].Value = match;
        using var rows = _search.ExecuteReader();
        while (rows.Read()) found.Add(rows.GetInt32(0) - 1);
        return found;
    }

    public void Dispose()
    {
        _search.Dispose();
        _connection.Dispose();
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>What building and asking <see cref="Fts5"/> takes.</summary>
internal sealed record Fts5Figures(double BuildMilliseconds, double P50Microseconds, double P99Microseconds)
{
    /// <summary>So many are enough, and all that a minute allows where the documents are 300,000.</summary>
    private const int MostQueries = 100;

    public static Fts5Figures Measure(IEnumerable<string> documents, IReadOnlyList<string> queries)
    {
        var start = Stopwatch.GetTimestamp();
        using var engine = new Fts5(documents);
        var build = Stopwatch.GetElapsedTime(start);
        foreach (var query in queries.Take(MostQueries)) engine.Search(query);
        double[] times = [.. queries.Take(MostQueries).Select(query => Time(engine, query)).Order()];
        return new(Math.Round(build.TotalMilliseconds, 1), Math.Round(times[times.Length / 2], 1), Math.Round(times[times.Length * 99 / 100], 1));
    }

    private static double Time(Fts5 engine, string query)
    {
        var start = Stopwatch.GetTimestamp();
        engine.Search(query);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}

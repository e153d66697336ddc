using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OptFm.Server.Queue;

namespace OptFm.Bench.Scale;

/// <summary>The file in a node's folder.</summary>
internal sealed class SqliteUnderTest(string folder) : TestedStore
{
    public override string Name => "sqlite";

    public override string Url => "";

    public override string ReplacedBody(string word, string by) => $"CAST(replace(CAST(body AS TEXT), '{word}', {by}) AS BLOB)";

    public override TimeSpan Cpu() => TimeSpan.Zero;

    /// <summary>Without a log, because what is lost by a power cut is filled anew.</summary>
    public override async Task FillAsync(IEnumerable<string> statements, CancellationToken stop)
    {
        await using var connection = await OpenAsync(stop);
        await RunAsync(connection, "PRAGMA journal_mode = OFF", stop);
        await RunAsync(connection, "PRAGMA synchronous = OFF", stop);
        await RunAsync(connection, "PRAGMA cache_size = -200000", stop);
        await RunAsync(connection, "BEGIN", stop);
        foreach (var statement in statements) await RunAsync(connection, statement, stop);
        await RunAsync(connection, "COMMIT", stop);
        await RunAsync(connection, "PRAGMA journal_mode = WAL", stop);
    }

    public override Task TidyAsync(CancellationToken stop) => Task.CompletedTask;

    public override Task<(long Pages, long WholeReads)?> ReadsAsync() => Task.FromResult<(long, long)?>(null);

    public override async Task<ClaimPlan> ExplainClaimAsync(int most)
    {
        await using var connection = await OpenAsync(CancellationToken.None);
        await using var claim = connection.CreateCommand();
        claim.CommandText = ClaimText.Of(QueueSql.Sqlite, most);
        await RunAsync(connection, "BEGIN", CancellationToken.None);
        var start = Stopwatch.GetTimestamp();
        await claim.ExecuteNonQueryAsync();
        var took = Stopwatch.GetElapsedTime(start);
        await RunAsync(connection, "ROLLBACK", CancellationToken.None);

        claim.CommandText = "EXPLAIN QUERY PLAN " + claim.CommandText;
        await using var reader = await claim.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return new(steps, null, took.TotalMilliseconds);
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken stop)
    {
        var file = Path.Combine(folder, "var", "optfm.db");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 0 }.ToString());
        await connection.OpenAsync(stop);
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and numbers of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(stop);
    }
}

using System.Globalization;
using System.Text.Json;
using Npgsql;
using OptFm.Postgres;
using OptFm.Server.Queue;

namespace OptFm.Bench.Scale;

/// <summary>A database of the private PostgreSQL; every commit is on the disk.</summary>
internal sealed class PostgresUnderTest(PrivatePostgres server, PostgresProcesses processes, string url) : TestedStore
{
    private static readonly TimeSpan StatisticsArrive = TimeSpan.FromSeconds(1.5);

    public override string Name => "postgresql";

    public override string Url => url;

    public string Database => url[(url.LastIndexOf('/') + 1)..];

    public override string ReplacedBody(string word, string by) => $"convert_to(replace(convert_from(body, 'UTF8'), '{word}', {by}), 'UTF8')";

    public override TimeSpan Cpu() => processes.Cpu();

    public override async Task FillAsync(IEnumerable<string> statements, CancellationToken stop)
    {
        await using var connection = await OpenAsync(stop);
        await RunAsync(connection, "SET synchronous_commit = off", stop);
        foreach (var statement in statements) await RunAsync(connection, statement, stop);
    }

    public override async Task TidyAsync(CancellationToken stop)
    {
        await using var connection = await OpenAsync(stop);
        await RunAsync(connection, "VACUUM ANALYZE", stop);
        await RunAsync(connection, "CHECKPOINT", stop);
    }

    public override async Task<(long Pages, long WholeReads)?> ReadsAsync()
    {
        // Each backend reports what it did at most once a second.
        await Task.Delay(StatisticsArrive, TimeProvider.System);
        return (await CountAsync("sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read) FROM pg_statio_user_tables"),
            await CountAsync("sum(seq_scan) FROM pg_stat_user_tables WHERE relname IN ('inbox', 'outbox', 'lane', 'conversation')"));
    }

    public override async Task<ClaimPlan> ExplainClaimAsync(int most)
    {
        await using var connection = await OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = Command(connection, "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + ClaimText.Of(QueueSql.Postgres, most));
        using var explained = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        var (root, steps) = (explained.RootElement[0], new List<string>());
        AddSteps(root.GetProperty("Plan"), steps);
        long Pages(string name) => root.GetProperty("Plan").GetProperty(name).GetInt64();
        return new(steps, Pages("Shared Hit Blocks") + Pages("Shared Read Blocks"), root.GetProperty("Execution Time").GetDouble());
    }

    /// <summary>Asks for one value.</summary>
    public Task<object?> AskAsync(string sql) => server.AskAsync(sql, Database);

    public NpgsqlConnectionStringBuilder Address() => new(server.Address(Database)) { Pooling = true };

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(server.Address(Database) + ";Command Timeout=0");
        await connection.OpenAsync(stop);
        return connection;
    }

    private static void AddSteps(JsonElement plan, List<string> steps)
    {
        string? Text(string name) => plan.TryGetProperty(name, out var value) ? value.GetString() : null;
        var index = Text("Index Name") ?? Text("Relation Name");
        steps.Add(index is null ? Text("Node Type")! : $"{Text("Node Type")} {index}");
        if (!plan.TryGetProperty("Plans", out var inner)) return;
        foreach (var step in inner.EnumerateArray()) AddSteps(step, steps);
    }

    private async Task<long> CountAsync(string what) => Convert.ToInt64(await AskAsync("SELECT " + what), CultureInfo.InvariantCulture);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(stop);
    }

#pragma warning disable CA2100 // Made of constants and numbers of this program.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}

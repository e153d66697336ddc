using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using OptFm.Server.Channels;
using OptFm.Server.Outbox;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Storage;

/// <summary>
/// How the databases find the rows of the message path in large tables: by an index each, whether their statistics are of when the tables were
/// empty or of now.
/// </summary>
public abstract class PlanTests
{
    private const string Numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)";

    /// <summary>Half of the chats wait, for later than any test runs; all have a past.</summary>
    private static readonly IReadOnlyList<string> Filling =
    [
        $"INSERT INTO conversation (channel, chat, first_name, greeted, updated_at) {Numbers} SELECT 'scripted', 'chat ' || i, 'Иван', 1, 0 FROM n",
        $"""
        INSERT INTO lane (queue, channel, chat, due_at)
        {Numbers} SELECT queue, 'scripted', 'chat ' || i, CASE WHEN i % 2 = 0 THEN 4000000000000 + i END FROM n, (SELECT 'in' AS queue UNION ALL SELECT 'out') q
        """,
        $"""
        INSERT INTO inbox (channel, key, chat, type, body, state, received_at)
        {Numbers} SELECT 'scripted', 'past ' || i || ' ' || state, 'chat ' || i, 'text', '', state, 0 FROM n, (SELECT 1 AS state UNION ALL SELECT 0) s
        WHERE state = 1 OR i % 2 = 0
        """,
        $"""
        INSERT INTO outbox (channel, chat, message, state, created_at)
        {Numbers} SELECT 'scripted', 'chat ' || i, 'past', state, 0 FROM n, (SELECT 2 AS state UNION ALL SELECT 0) s WHERE state = 2 OR i % 2 = 0
        """,
    ];

    /// <summary>Everything that is written for messages that are answered, refused for a while, refused for good, unheard, and moved.</summary>
    protected static async Task<IReadOnlyCollection<RecordedStatement>> StatementsAsync(Database database)
    {
        foreach (var statement in Filling) await database.WriteAsync(session => session.Execute(statement));
        var recorder = new StatementRecorder(database);
        await using var path = BotPath.Open(recorder).Running();
        path.Channel.Next("chat 1", SendResult.Retry("429"));
        path.Channel.Next("chat 3", SendResult.Refused("no"));
        path.Channel.Next("chat 5", SendResult.Unknown("cut"));
        path.Channel.Next("chat 7", SendResult.Blocked("no"));
        path.Channel.Next("chat 9", SendResult.Moved("chat 11"));
        foreach (var chat in (string[])["chat 1", "chat 3", "chat 5", "chat 7", "chat 9", "a new chat"]) await path.SaysAsync(chat, "hello");
        await path.Channel.UntilAsync(() => path.Channel.Calls >= 9);
        await path.StopAsync();
        recorder.Statements.Count.ShouldBeGreaterThan(15);
        return recorder.Statements;
    }
}

public sealed class PlansOnSqlite : PlanTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_a_message_writes_is_found_by_an_index(bool analyzed)
    {
        await using var store = new SqliteStore();
        using var database = await store.OpenAsync();
        var statements = await StatementsAsync(database);
        if (analyzed) await database.WriteAsync(session => session.Execute("ANALYZE"));

        foreach (var statement in statements)
        {
            var steps = await database.WriteAsync(session => session.All("EXPLAIN QUERY PLAN " + statement.Sql, r => r.GetString(3), [.. statement.Values]));
            steps.ShouldAllBe(step => !step.StartsWith("SCAN") && !step.Contains("TEMP B-TREE"), statement.Sql);
        }
    }
}

public sealed class PlansOnPostgres(PostgresServer server) : PlanTests
{
    /// <summary>Pages that a statement may ask for, a few for each index and row it touches; the tables have hundreds.</summary>
    private const long MostPages = 60;

    private const string Past = """
        INSERT INTO inbox (channel, key, chat, type, body, state, received_at) SELECT 'scripted', 'test ' || i, 'chat ' || i % 3, 'text', '', 1, 0 FROM generate_series(1, 900) i;
        INSERT INTO outbox (channel, chat, message, state, created_at) SELECT 'scripted', 'chat ' || i % 3, 'past', 2, 0 FROM generate_series(1, 900) i;
        INSERT INTO lane (queue, channel, chat) SELECT q, 'scripted', 'test ' || i FROM generate_series(1, 3) i, unnest(ARRAY['in', 'out']) q;
        ANALYZE;
        ALTER TABLE inbox SET (autovacuum_enabled = off); ALTER TABLE outbox SET (autovacuum_enabled = off);
        ALTER TABLE lane SET (autovacuum_enabled = off); ALTER TABLE conversation SET (autovacuum_enabled = off);
        """;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Whatever_a_message_writes_is_found_by_an_index_in_few_pages(bool analyzed, bool mayReadWhole)
    {
        var options = await server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, TimeProvider.System);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.Configured().ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // When a shop that has few chats tries the bot out, and at its first day.
        await RunAsync(connection, Past);
        var statements = await StatementsAsync(database);
        if (analyzed) await RunAsync(connection, "ANALYZE");
        if (mayReadWhole) await RunAsync(connection, "SET enable_seqscan = on");

        foreach (var statement in statements)
        {
            var plan = await ExplainAsync(connection, statement);
            TestContext.Current.TestOutputHelper?.WriteLine($"{statement.Sql}\n{plan}\n");
            plan.ShouldNotContain("Seq Scan", customMessage: statement.Sql);
            plan.ShouldNotContain("Sort", customMessage: statement.Sql);
            Pages(plan).ShouldBeLessThan(MostPages, $"{statement.Sql}\n{plan}");
        }
    }

    [Fact]
    public async Task A_claim_with_places_reads_the_lanes_it_takes_and_no_others()
    {
        var options = await server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, TimeProvider.System);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.Configured().ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync(connection, Past);
        await RunAsync(connection, "INSERT INTO lane (queue, channel, chat, due_at) SELECT 'out', 'scripted', 'chat ' || i, i FROM generate_series(1, 20000) i");
        var recorder = new StatementRecorder(database);
        await recorder.WriteAsync(session =>
        {
            SendPlaces.Prepare(session, "scripted", perMinute: 1800);
            return SendPlaces.ClaimDue(session, "scripted", most: 10, now: 1_000_000, lease: 2_000_000, node: 1);
        });

        var plan = await ExplainAsync(connection, recorder.Statements.Single(statement => statement.Sql.Contains("SKIP LOCKED")));

        TestContext.Current.TestOutputHelper?.WriteLine(plan);
        Pages(plan).ShouldBeLessThan(10 * MostPages, plan);
    }

    /// <summary>As the server runs it: prepared, and planned without regard to the values.</summary>
    private static async Task<string> ExplainAsync(NpgsqlConnection connection, RecordedStatement statement)
    {
        var sql = PositionalSql.Of(statement.Sql, [.. statement.Values]);
        var values = sql.Order.Select(index => statement.Values[index]).ToList();
        var types = string.Join(", ", values.Select(value => value.Type switch { ParamType.Number => "bigint", ParamType.Bytes => "bytea", _ => "text" }));
        await RunAsync(connection, $"BEGIN; PREPARE recorded ({types}) AS {sql.Text}");
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, BUFFERS) EXECUTE recorded ({string.Join(", ", values.Select(Literal))})", connection);
        var lines = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        }

        await RunAsync(connection, "ROLLBACK; DEALLOCATE recorded");
        return string.Join('\n', lines);
    }

    /// <summary>The outermost step counts those within it.</summary>
    private static long Pages(string plan)
    {
        var line = plan.Split('\n').FirstOrDefault(line => line.TrimStart().StartsWith("Buffers:", StringComparison.Ordinal)) ?? "";
        return Regex.Matches(line, "(?:hit|read)=(?<pages>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)
            .Sum(found => long.Parse(found.Groups["pages"].Value, CultureInfo.InvariantCulture));
    }

    private static string Literal(Param value) => value.Value switch
    {
        null => "NULL",
        byte[] bytes => $"'\\x{Convert.ToHexString(bytes)}'",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        var number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
    };

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

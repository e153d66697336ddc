using Npgsql;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Tests.Storage;

/// <summary>The rules of src/OptFm.Server/Storage/Migrations/README.md, by which nodes of two versions work side by side.</summary>
public sealed class MigrationRuleTests(PostgresServer server)
{
    /// <summary>Before these no version was ever upgraded while it ran.</summary>
    private const int FirstBound = 3;

    /// <summary>The first migration that can meet a PostgreSQL with a shop's rows in it.</summary>
    private const int FirstOnFullTables = 6;

    [Fact]
    public void Numbers_follow_each_other()
    {
        Migrator.Sqlite.Select(file => Number(file.Name)).ShouldBe(Enumerable.Range(1, Migrator.Sqlite.Count));
        Migrator.Postgres.Select(file => Number(file.Name)).ShouldBe(Enumerable.Range(1, Migrator.Postgres.Count));
    }

    [Fact]
    public void A_migration_only_adds_unless_it_says_which_versions_it_shuts_out()
    {
        foreach (var file in Since(FirstBound, [.. Migrator.Sqlite, .. Migrator.Postgres]).Where(file => file.Contract is null))
            TakenAway(file).ShouldBeEmpty($"nodes of the version before would fail: add only, or write '-- contract: nothing older than VERSION may run' into {file.Name}");
    }

    [Fact]
    public void An_index_on_a_table_with_rows_is_made_without_stopping_its_writers()
    {
        foreach (var file in Since(FirstOnFullTables, Migrator.Postgres))
        {
            var made = file.Statements.Select(statement => statement.Creates).OfType<string>().ToHashSet();
            file.Statements.Where(statement => statement.Lock(made) == MigrationLock.Writers).ShouldBeEmpty($"CREATE INDEX CONCURRENTLY, with the line '-- outside a transaction' in {file.Name}");
            file.Statements.Any(statement => statement.IsConcurrent).ShouldBe(file.OutsideTransaction, file.Name);
            if (file.OutsideTransaction) file.Statements.Where(statement => !statement.IsConcurrent).ShouldBeEmpty($"{file.Name} is run again from its beginning when it is cut off");
        }
    }

    [Theory]
    [InlineData("ALTER TABLE inbox DROP COLUMN trace")]
    [InlineData("ALTER TABLE inbox RENAME COLUMN trace TO traces")]
    [InlineData("ALTER TABLE inbox ALTER COLUMN trace SET NOT NULL")]
    [InlineData("ALTER TABLE inbox ADD COLUMN shop TEXT NOT NULL")]
    [InlineData("ALTER TABLE inbox ADD COLUMN a TEXT, DROP COLUMN trace")]
    [InlineData("ALTER TABLE inbox ADD COLUMN a TEXT UNIQUE")]
    [InlineData("CREATE UNIQUE INDEX one ON inbox (chat)")]
    [InlineData("DROP TABLE poll_marker")]
    [InlineData("DROP INDEX inbox_pending")]
    [InlineData("UPDATE inbox SET state = 1")]
    [InlineData("CREATE TABLE a (b TEXT); DROP TABLE inbox")]
    public void What_takes_something_away_is_recognized(string sql) => TakenAway(new("0009_test.sql", sql)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("CREATE TABLE a (b TEXT); CREATE UNIQUE INDEX c ON a (b); INSERT INTO a VALUES ('; DROP TABLE inbox')")]
    [InlineData("ALTER TABLE inbox ADD COLUMN shop TEXT -- DROP COLUMN trace; DROP TABLE inbox")]
    [InlineData("ALTER TABLE inbox ADD COLUMN shop INTEGER NOT NULL DEFAULT 0")]
    [InlineData("CREATE INDEX a\n ON inbox (chat)\n WHERE state = 1;")]
    [InlineData("DROP INDEX CONCURRENTLY IF EXISTS a; CREATE INDEX CONCURRENTLY a ON inbox (chat)")]
    [InlineData("-- Nothing to do here.")]
    public void What_only_adds_is_recognized(string sql) => TakenAway(new("0009_test.sql", sql)).ShouldBeEmpty();

    [Fact]
    public void Whom_a_statement_keeps_waiting_is_known()
    {
        var plan = new MigrationPlan("", 0, 1, [new("0009_test.sql", "CREATE TABLE a (b TEXT); CREATE INDEX c ON a (b); CREATE INDEX d ON inbox (chat); ALTER TABLE inbox ADD COLUMN e TEXT; DROP TABLE lane; CREATE INDEX CONCURRENTLY f ON inbox (chat)")]);

        plan.Statements().Select(part => part.Lock).ShouldBe([MigrationLock.None, MigrationLock.None, MigrationLock.Writers, MigrationLock.Moment, MigrationLock.Everybody, MigrationLock.None]);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_those_before_it_and_nothing_of_itself()
    {
        await using var connection = await ConnectAsync();

        Should.Throw<PostgresException>(() => PostgresMigrator.Migrate(connection, [.. Migrator.Postgres, new("0009_good.sql", "CREATE TABLE good (a TEXT)"), new("0010_bad.sql", "CREATE TABLE half (a TEXT); nonsense")]));

        await using var again = new NpgsqlConnection(connection.ConnectionString);
        await again.OpenAsync();
        (await AskAsync(again, "SELECT to_regclass('half') IS NULL AND to_regclass('good') IS NOT NULL")).ShouldBe(true);
        (await AskAsync(again, "SELECT version FROM optfm_schema")).ShouldBe(Migrator.Postgres.Count + 1);
    }

    [Fact]
    public async Task An_index_is_made_beside_a_writer_who_has_not_committed_yet()
    {
        await using var connection = await ConnectAsync();
        PostgresMigrator.Migrate(connection);
        await using var writer = new NpgsqlConnection(connection.ConnectionString);
        await writer.OpenAsync();
        await AskAsync(writer, "BEGIN; INSERT INTO poll_marker VALUES ('max', 'before')");

        var building = Task.Run(() => PostgresMigrator.Migrate(connection, [.. Migrator.Postgres, new("0009_index.sql", "-- outside a transaction\nDROP INDEX CONCURRENTLY IF EXISTS by_marker;\nCREATE INDEX CONCURRENTLY by_marker ON poll_marker (marker);")]), TestContext.Current.CancellationToken);

        // The index waits for the writer, and other writers do not wait for the index.
        await WaitForAsync("SELECT COUNT(*) > 0 FROM pg_stat_progress_create_index", connection.ConnectionString);
        await using var other = new NpgsqlConnection(connection.ConnectionString);
        await other.OpenAsync();
        await AskAsync(other, "SET lock_timeout = '1s'; INSERT INTO poll_marker VALUES ('telegram', 'meanwhile')");
        building.IsCompleted.ShouldBeFalse();
        await AskAsync(writer, "COMMIT");
        await building;

        (await AskAsync(other, "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_marker')")).ShouldBe(true);
        (await AskAsync(connection, "SHOW statement_timeout")).ShouldBe("0", "as the connection had it before");
    }

    private static IEnumerable<Migration> Since(int number, IReadOnlyList<Migration> files) => files.Where(file => Number(file.Name) >= number);

    private static int Number(string name) => int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> TakenAway(Migration file)
    {
        var made = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var found = new List<string>();
        foreach (var statement in file.Statements)
        {
            if (statement.Creates is { } table) made.Add(table);
            else if (!made.Contains(statement.Table) && !OnlyAdds(statement)) found.Add(statement.Sql);
        }

        return found;
    }

    private static bool OnlyAdds(MigrationStatement statement)
    {
        var words = statement.OnOneLine.ToUpperInvariant();
        if (statement.AddsColumn) return (!words.Contains(" NOT NULL") || words.Contains(" DEFAULT ")) && !words.Contains(" UNIQUE") && !words.Contains(" REFERENCES ");
        return statement.IsConcurrent || (statement.MakesIndex && !words.Contains("UNIQUE"));
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var options = await server.DatabaseAsync();
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.Address.ConnectionString) { Pooling = false, PersistSecurityInfo = true }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task WaitForAsync(string question, string address)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync();
        while (await AskAsync(connection, question) is not true) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}

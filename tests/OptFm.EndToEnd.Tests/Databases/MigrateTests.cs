using Microsoft.Data.Sqlite;
using OptFm.Server.Storage;

namespace OptFm.EndToEnd.Tests.Databases;

/// <summary>What <c>optfm migrate</c> says and does, and what a node does with a schema that is newer than itself.</summary>
public sealed class MigrateTests : DatabaseTest
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task The_plan_of_an_empty_PostgreSQL_is_shown_then_run_then_there_is_nothing_to_do()
    {
        var url = await PostgresAsync();
        var settings = new Dictionary<string, string> { ["DATABASE_URL"] = url };

        var plan = await RunAsync(settings, "migrate", "--plan");
        plan.ExitCode.ShouldBe(0, plan.Errors);
        plan.Output.ShouldContain($"schema 0, this version knows {Migrator.KnownSchema}.");
        plan.Output.ShouldContain("0001_start.sql");
        plan.Output.ShouldContain("CREATE TABLE inbox");
        plan.Output.ShouldContain("nobody waits");
        plan.Output.ShouldNotContain("Done");
        (await Server.AskAsync("SELECT to_regclass('inbox') IS NULL", NameIn(url))).ShouldBe(true, "a plan changes nothing");

        (await RunAsync(settings, "migrate")).Output.ShouldContain($"Done: schema {Migrator.KnownSchema}.");
        (await RunAsync(settings, "migrate")).Output.ShouldContain("There is nothing to do.");
        (await RunAsync(new Dictionary<string, string>(settings) { ["OPTFM_LANG"] = "ru" }, "migrate", "--plan")).Output.ShouldContain("Делать нечего.");
    }

    [Fact]
    public async Task An_older_SQLite_file_is_brought_up_and_one_that_is_not_there_is_not_made()
    {
        var none = await RunAsync(Nothing, "migrate");
        none.ExitCode.ShouldBe(0);
        none.Output.ShouldContain("is not there yet");
        File.Exists(SqliteFile).ShouldBeFalse();

        MakeSqlite("PRAGMA user_version = 0");
        (await RunAsync(Nothing, "migrate", "--plan")).Output.ShouldContain("schema 0");
        (await RunAsync(Nothing, "migrate")).Output.ShouldContain($"Done: schema {Migrator.KnownSchema}.");
        (await RunAsync(Nothing, "migrate")).Output.ShouldContain("There is nothing to do.");
    }

    [Fact]
    public async Task A_newer_schema_on_SQLite_stops_a_node_from_starting_and_says_what_to_do()
    {
        MakeSqlite("PRAGMA user_version = 999");

        await ShouldRefuseAsync(Nothing);
    }

    [Fact]
    public async Task A_newer_schema_on_PostgreSQL_stops_a_node_from_starting_and_says_what_to_do()
    {
        var url = await PostgresAsync();
        var settings = new Dictionary<string, string> { ["DATABASE_URL"] = url };
        (await RunAsync(settings, "migrate")).ExitCode.ShouldBe(0);
        await Server.AskAsync("UPDATE optfm_schema SET version = 999", NameIn(url));

        await ShouldRefuseAsync(settings);
    }

    private async Task ShouldRefuseAsync(Dictionary<string, string> settings)
    {
        var words = $"the database has schema 999, made by a newer optfm; this one knows {Migrator.KnownSchema}. Install the newer version again";

        var serve = await RunAsync(settings, "serve");
        serve.ExitCode.ShouldBe(2, "systemd must not try again");
        serve.Errors.ShouldContain(words);

        foreach (var arguments in (string[][])[["migrate"], ["migrate", "--plan"]])
        {
            var migrate = await RunAsync(new Dictionary<string, string>(settings) { ["OPTFM_LANG"] = "ru" }, arguments);
            migrate.ExitCode.ShouldBe(1);
            migrate.Errors.ShouldContain("её сделал более новый optfm");
        }
    }

    private void MakeSqlite(string statement)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SqliteFile)!);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = SqliteFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Of this test.
        command.CommandText = "PRAGMA journal_mode = WAL; " + statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

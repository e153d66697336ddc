using System.Globalization;
using OptFm.Server.Storage;

namespace OptFm.EndToEnd.Tests.Databases;

/// <summary>The real <c>optfm db copy</c>, killed in the middle.</summary>
public sealed class DatabaseCopyKillTests : DatabaseTest
{
    private const int Rows = 40_000;
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Killed_while_it_copies_it_is_complete_after_the_next_run()
    {
        var url = await PostgresAsync();
        await FillAsync();

        using (var copying = OptfmRun.Start(Folder, Nothing, "db", "copy", "--to", url))
        {
            while (await CountAsync(url) == 0) copying.HasExited.ShouldBeFalse();
            copying.Kill();
            await copying.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await CountAsync(url)).ShouldBeLessThan(Rows, "it was to be cut off in the middle");
        var half = await RunAsync(new Dictionary<string, string> { ["DATABASE_URL"] = url }, "serve");
        half.ExitCode.ShouldBe(2);
        half.Errors.ShouldContain("run optfm db copy again");

        var again = await RunAsync(Nothing, "db", "copy", "--to", url);
        again.ExitCode.ShouldBe(0, again.Errors);
        again.Output.ShouldContain("Done, every row compared:");
        again.Output.ShouldMatch(@"inbox +40,000");
        again.Output.ShouldContain("Next: put this address into DATABASE_URL");
        (again.Output + again.Errors).ShouldNotContain(url, customMessage: "it holds the password");
        (await CountAsync(url)).ShouldBe(Rows);

        var third = await RunAsync(new Dictionary<string, string> { ["OPTFM_LANG"] = "ru" }, "db", "copy", "--to", url);
        third.ExitCode.ShouldBe(0, third.Errors);
        third.Output.ShouldContain("делать нечего");
    }

    [Fact]
    public async Task A_served_source_a_wrong_address_and_a_missing_file_are_told()
    {
        var missing = await RunAsync(Nothing, "db", "copy", "--to", "postgresql://optfm:hunter2@127.0.0.1:9/optfm");
        (missing.ExitCode, missing.Errors.Contains("is not there", StringComparison.Ordinal)).ShouldBe((1, true), missing.Errors);

        await using var server = await RealServer.StartAsync();
        var source = "sqlite:" + Path.Combine(server.Folder, "var/optfm.db");
        var served = await RunAsync(Nothing, "db", "copy", "--from", source, "--to", "sqlite:other.db");
        (served.ExitCode, served.Errors.Contains("is in use by another optfm server", StringComparison.Ordinal)).ShouldBe((1, true), served.Errors);
        await server.StopAsync();

        var unreachable = await RunAsync(Nothing, "db", "copy", "--from", source, "--to", "postgresql://optfm:hunter2@127.0.0.1:9/optfm");
        (unreachable.ExitCode, unreachable.Errors.Contains("127.0.0.1:9/optfm cannot be reached", StringComparison.Ordinal)).ShouldBe((1, true), unreachable.Errors);
        unreachable.Errors.ShouldNotContain("hunter2");

        var wrong = await RunAsync(Nothing, "db", "copy", "--from", source, "--to", "mysql://optfm");
        (wrong.ExitCode, wrong.Errors.StartsWith("--to must be empty, sqlite:PATH or", StringComparison.Ordinal)).ShouldBe((2, true), wrong.Errors);
    }

    private async Task<long> CountAsync(string url) =>
        (await Server.AskAsync("SELECT to_regclass('inbox') IS NOT NULL", NameIn(url))) is true
            ? Convert.ToInt64(await Server.AskAsync("SELECT COUNT(*) FROM inbox", NameIn(url)), CultureInfo.InvariantCulture)
            : 0;

    private async Task FillAsync()
    {
        using var database = SqliteDatabase.OpenToServe(SqliteFile);
        await database.WriteAsync(session => session.Execute(
            """
            INSERT INTO inbox (channel, key, chat, type, body, state, received_at, finished_at)
            SELECT 'max', 'key-' || value, value % 1000, 'message', CAST('body ' || value AS BLOB), 1, value, value FROM generate_series(1, @rows)
            """.Replace("generate_series(1, @rows)", "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < @rows) SELECT value FROM n)", StringComparison.Ordinal),
            ("@rows", Rows)));
    }
}

using OptFm.Server.Storage;
using SQLitePCL;

namespace OptFm.Server.Tests.Storage;

/// <summary>What only the embedded database has to do.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("optfm-db-").FullName, "optfm.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void A_statement_is_not_compiled_again_for_another_value()
    {
        using (SqliteDatabase.OpenToServe(_file))
        {
        }

        using var connection = SqliteDatabase.Connect(_file);
        const string sql = "SELECT 1 FROM outbox WHERE channel = @channel AND chat = '1' AND state < 2";
        raw.sqlite3_prepare_v2(connection.Handle!, sql, out var statement).ShouldBe(raw.SQLITE_OK);
        using var prepared = statement;
        foreach (var channel in new[] { "web", "max" })
        {
            raw.sqlite3_bind_text(statement, 1, channel).ShouldBe(raw.SQLITE_OK);
            raw.sqlite3_step(statement).ShouldBe(raw.SQLITE_DONE);
            raw.sqlite3_reset(statement);
        }

        const int recompiled = 5; // SQLITE_STMTSTATUS_REPREPARE
        raw.sqlite3_stmt_status(statement, recompiled, 0).ShouldBe(0);
    }

    [Fact]
    public void Two_servers_cannot_serve_from_one_file()
    {
        using var first = SqliteDatabase.OpenToServe(_file);

        Should.Throw<StoreException>(() => SqliteDatabase.OpenToServe(_file)).Message.ShouldContain("in use");
        using var beside = SqliteDatabase.OpenBeside(_file);
    }

    [Fact]
    public void A_database_made_by_a_newer_program_is_refused()
    {
        using (SqliteDatabase.OpenToServe(_file))
        {
        }

        using (var session = SqliteDatabase.Open(_file)) session.Execute("PRAGMA user_version = 999");

        Should.Throw<StoreException>(() => SqliteDatabase.OpenToServe(_file)).Message.ShouldContain("newer optfm");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_words()
    {
        File.WriteAllText(_file, new string('x', 8192));

        Should.Throw<StoreException>(() => SqliteDatabase.OpenToServe(_file)).Message.ShouldContain("optfm.db");
    }
}

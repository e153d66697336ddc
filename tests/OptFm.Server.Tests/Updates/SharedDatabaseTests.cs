using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Storage;
using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: a rollback never takes back a database that other nodes share, and says where the old version cannot go on with it.</summary>
public sealed class SharedDatabaseTests(PostgresServer server)
{
    [Fact]
    public async Task One_that_the_old_version_knows_stays_as_it_is()
    {
        var options = await server.DatabaseAsync();
        SharedDatabase.Look(options).Usable.ShouldBeTrue("nothing in it yet");
        PostgresDatabase.Open(options, TimeProvider.System).Dispose();

        var (usable, words) = SharedDatabase.Look(options);

        usable.ShouldBeTrue();
        words.English.ShouldBe("The database stays as it is.");
    }

    [Fact]
    public async Task One_that_the_new_version_has_changed_is_left_to_the_administrator()
    {
        var options = await server.DatabaseAsync();
        PostgresDatabase.Open(options, TimeProvider.System).Dispose();
        await server.AskAsync("UPDATE optfm_schema SET version = 999", options.Address.Database!);

        var (usable, words) = SharedDatabase.Look(options);

        usable.ShouldBeFalse();
        words.English.ShouldContain("schema 999");
        words.Russian.ShouldContain("optfm restore --data-only");
    }
}

using System.Globalization;
using System.Net;
using Npgsql;
using OptFm.EndToEnd.Tests.Faults;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.EndToEnd.Tests.Databases;

/// <summary>A node goes on while the next version expands the schema under it.</summary>
public sealed class RollingUpgradeTests : DatabaseTest
{
    private const int Seed = 20_261_122;

    [Fact]
    public async Task A_node_works_on_while_the_next_version_expands_the_tables_and_refuses_only_to_start_anew()
    {
        var url = await PostgresAsync();
        await using var stage = await Stage.OpenAsync(Seed, ("DATABASE_URL", url));
        await stage.AskAsync(chats: 10, questions: 3);

        var asking = stage.AskAsync(chats: 60, questions: 3);
        await Task.Run(() => Expand(url), TestContext.Current.CancellationToken);
        await asking;
        await stage.AskAsync(chats: 10, questions: 3);

        (await stage.Server.Server.Client.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var account = await stage.SettleAsync();
        (account.Promised, account.Lost, account.DuplicateCount, account.Unasked.Count, account.ChatsOutOfOrder.Count).ShouldBe((80 * 3, 0, 0, 0, 0));
        Convert.ToInt64(await Server.AskAsync("SELECT COUNT(*) FROM inbox WHERE shop = 'first'", NameIn(url)), CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await Should.ThrowAsync<InvalidOperationException>(stage.Server.StartAsync())).Message.ShouldContain("made by a newer optfm");
    }

    /// <summary>What a next version could bring: a table, columns on the busiest tables, an index on one of them.</summary>
    private static void Expand(string url)
    {
        IReadOnlyList<Migration> next =
        [
            .. Migrator.Postgres,
            new("9001_shops.sql", "CREATE TABLE shop (name TEXT PRIMARY KEY); ALTER TABLE inbox ADD COLUMN shop TEXT DEFAULT 'first'; ALTER TABLE outbox ADD COLUMN shop TEXT; ALTER TABLE lane ADD COLUMN priority SMALLINT NOT NULL DEFAULT 0;"),
            new("9002_index.sql", "-- outside a transaction\nDROP INDEX CONCURRENTLY IF EXISTS inbox_shop;\nCREATE INDEX CONCURRENTLY inbox_shop ON inbox (shop, id);"),
        ];
        using var connection = new NpgsqlConnection(PostgresUrl.Read(url).ConnectionString);
        connection.Open();
        PostgresMigrator.Migrate(connection, next);
    }
}

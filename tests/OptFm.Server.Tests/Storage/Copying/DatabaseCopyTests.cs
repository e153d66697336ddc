using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Copying;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Tests.Storage.Copying;

/// <summary>A shop moves from one database to another and finds everything again.</summary>
public sealed class DatabaseCopyTests(PostgresServer server) : IDisposable
{
    private const int Chats = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-copy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_table_is_either_copied_or_left_behind_on_purpose()
    {
        using var end = CopyEnd.Open(OnPostgres(await server.DatabaseAsync()));
        var onPostgres = end.Session.All("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'optfm_schema'", r => r.GetString(0));

        CopiedTable.FromMigrations().Select(table => table.Name).Union(onPostgres)
            .ShouldBe([.. CopiedTable.All.Select(table => table.Name), .. CopiedTable.LeftBehind], ignoreOrder: true, "decide in CopiedTable whether optfm db copy takes a table along");
    }

    [Fact]
    public async Task Both_databases_have_the_same_columns_and_keys()
    {
        var postgres = OnPostgres(await server.DatabaseAsync());
        using var end = CopyEnd.Open(postgres);

        foreach (var table in CopiedTable.FromMigrations())
        {
            end.Session.All("SELECT column_name::text FROM information_schema.columns WHERE table_name = @table", r => r.GetString(0), ("@table", table.Name))
                .ShouldBe(table.Columns.Select(column => column.Name), ignoreOrder: true, $"table {table.Name}");
            end.Session.All(
                    "SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND i.indrelid = to_regclass(@table)",
                    r => r.GetString(0), ("@table", table.Name))
                .ShouldBe(table.Key.Select(column => table.Columns[column].Name), ignoreOrder: true, $"table {table.Name}");
        }
    }

    [Fact]
    public async Task Everything_goes_to_PostgreSQL_and_back_as_it_was()
    {
        var (here, postgres, back) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()), OnSqlite("back.db"));
        await FillAsync(here);

        var there = Copy(here, postgres);
        var again = Copy(postgres, back);

        there.Tables.Sum(table => table.Rows).ShouldBe(Chats * 5 + 3);
        again.Tables.ShouldBe(there.Tables);
        (there.Corrected, again.Corrected, there.ReplacedTexts).ShouldBe((0, 0, 0));
        Contents(back).ShouldBe(Contents(here));
        Contents(postgres).ShouldBe(Contents(here));
    }

    [Fact]
    public async Task A_server_on_the_copy_goes_on_with_the_next_number()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        Copy(here, postgres);

        using var database = Database.OpenToServe(postgres, TimeProvider.System);
        await database.WriteAsync(session =>
        {
            OutboxStore.Add(session, "max", "1", null, "{}", now: 0);
            return 0;
        });

        database.Read(session => session.First("SELECT MAX(id) FROM outbox", r => r.GetInt64(0))).ShouldBe(Chats + 1);
    }

    [Fact]
    public async Task What_a_dead_server_held_is_free_in_the_copy_and_untouched_in_the_source()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        using (var database = Database.OpenToServe(here, TimeProvider.System))
            await database.WriteAsync(session => OutboxStore.Claim(session, "max", 1, now: 1_000_000, lease: 2_000_000).Count);

        Copy(here, postgres);

        const string Held = "SELECT (SELECT COUNT(*) FROM lane WHERE claimed <> 0), (SELECT COUNT(*) FROM outbox WHERE state = 1), (SELECT COUNT(*) FROM outbox WHERE unknowns = 1)";
        Ask(postgres, Held).ShouldBe((0, 0, 1));
        Ask(here, Held).ShouldBe((1, 1, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    public async Task Cut_off_anywhere_it_is_complete_after_the_next_run(int pages)
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);

        Should.Throw<OperationCanceledException>(() => Copy(here, postgres, stopAfter: pages));
        Should.Throw<StoreException>(() => Database.OpenToServe(postgres, TimeProvider.System)).Message.ShouldContain("run optfm db copy again");
        Copy(here, postgres);

        Contents(postgres).ShouldBe(Contents(here));
    }

    [Fact]
    public async Task A_server_does_not_serve_from_half_a_copy_on_SQLite_either()
    {
        var (here, there) = (OnSqlite("shop.db"), OnSqlite("other.db"));
        await FillAsync(here);

        Should.Throw<OperationCanceledException>(() => Copy(here, there, stopAfter: 3));

        Should.Throw<StoreException>(() => Database.OpenToServe(there, TimeProvider.System)).InRussian.ShouldContain("незаконченная копия");
        Copy(here, there);
        Contents(there).ShouldBe(Contents(here));
    }

    [Fact]
    public async Task What_changed_in_the_source_between_two_runs_is_copied_again()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        Should.Throw<OperationCanceledException>(() => Copy(here, postgres, stopAfter: 25));

        using (var database = Database.OpenToServe(here, TimeProvider.System))
        {
            await database.WriteAsync(session =>
            {
                session.Execute("UPDATE inbox SET reason = 'later' WHERE id = 2");
                session.Execute("DELETE FROM inbox WHERE id = 12");
                OutboxStore.Add(session, "max", "new", null, "{}", now: 5);
                return 0;
            });
        }

        var outcome = Copy(here, postgres);

        outcome.Corrected.ShouldBeGreaterThan(0);
        Contents(postgres).ShouldBe(Contents(here));
    }

    [Fact]
    public async Task A_finished_copy_is_left_alone()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        Copy(here, postgres);
        using (var database = Database.OpenToServe(postgres, TimeProvider.System)) await database.WriteAsync(session => session.Execute("DELETE FROM inbox"));

        Copy(here, postgres).FinishedBefore.ShouldNotBeNull();

        Ask(postgres, "SELECT COUNT(*), 0, 0 FROM inbox").ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_database_with_data_of_its_own_or_a_copy_of_another_is_refused()
    {
        var (here, other, postgres) = (OnSqlite("shop.db"), OnSqlite("other.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        await FillAsync(other);

        Should.Throw<StoreException>(() => Copy(here, other)).Message.ShouldContain("holds data already (table conversation)");

        Should.Throw<OperationCanceledException>(() => Copy(here, postgres, stopAfter: 2));
        Should.Throw<StoreException>(() => Copy(other, postgres)).Message.ShouldContain("unfinished copy of " + here.DatabaseFile);
    }

    [Fact]
    public async Task Nothing_is_copied_while_a_server_runs_on_either_side()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        using (Database.OpenToServe(here, TimeProvider.System)) Should.Throw<StoreException>(() => Copy(here, postgres)).InRussian.ShouldContain("занята другим сервером");

        using (Database.OpenToServe(postgres, TimeProvider.System)) Should.Throw<StoreException>(() => Copy(here, postgres)).Message.ShouldContain("stop all its nodes first");
    }

    [Fact]
    public async Task Two_copies_into_one_database_do_not_meet()
    {
        var postgres = OnPostgres(await server.DatabaseAsync());
        using var first = CopyEnd.Open(postgres);

        Should.Throw<StoreException>(() => CopyEnd.Open(postgres)).Message.ShouldContain("another optfm db copy");
    }

    [Fact]
    public async Task A_character_that_PostgreSQL_cannot_store_is_replaced_and_counted()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        Run(here, "UPDATE conversation SET first_name = 'А' || char(0) || 'на' WHERE chat = '7'");

        Copy(here, postgres).ReplacedTexts.ShouldBe(1);

        using var end = CopyEnd.Open(postgres);
        end.Session.First("SELECT first_name FROM conversation WHERE chat = '7'", r => r.GetString(0)).ShouldBe("А\uFFFDна");
    }

    [Fact]
    public async Task A_key_that_PostgreSQL_cannot_store_is_named()
    {
        var (here, postgres) = (OnSqlite("shop.db"), OnPostgres(await server.DatabaseAsync()));
        await FillAsync(here);
        Run(here, "UPDATE conversation SET chat = '7' || char(0) WHERE chat = '7'");

        Should.Throw<StoreException>(() => Copy(here, postgres)).Message.ShouldStartWith("table conversation has a chat with the character U+0000");
    }

    private StorageOptions OnSqlite(string name) => new() { DatabaseFile = Path.Combine(_folder.FullName, name) };

    private StorageOptions OnPostgres(PostgresOptions options) => new() { DatabaseFile = Path.Combine(_folder.FullName, "unused"), Postgres = options };

    /// <summary>Updates and replies in every state, with everything a row can hold.</summary>
    private static async Task FillAsync(StorageOptions options)
    {
        using var database = Database.OpenToServe(options, TimeProvider.System);
        await database.WriteAsync(session =>
        {
            for (var i = 0; i < Chats; i++)
            {
                var chat = $"{i}";
                session.Write(
                    "INSERT INTO inbox (channel, key, chat, type, body, state, reason, received_at, finished_at, trace) VALUES ('max', @key, @chat, 'message', @body, @state, @reason, @at, @end, @trace)",
                    ("@key", $"ключ-{i}"), ("@chat", chat), ("@body", new byte[] { 0, 255, (byte)i }), ("@state", i % 4), ("@reason", i % 2 == 0 ? null : "'quoted' \\ \t 😀"),
                    ("@at", long.MaxValue - i), ("@end", i % 3 == 0 ? null : i), ("@trace", i % 5 == 0 ? "" : null));
                OutboxStore.Add(session, "max", chat, i, """{"text":"Ответ \u0000"}""", now: i);
                Lanes.Wake(session, QueueName.In, "max", chat, now: i);
                session.Write("INSERT INTO conversation (channel, chat, first_name, greeted, updated_at) VALUES ('max', @chat, 'Анна', 1, @at)", ("@chat", chat), ("@at", -i));
            }

            session.Write("INSERT INTO poll_marker (channel, marker) VALUES ('max', NULL)");
            session.Write("INSERT INTO watch (subject, state, checked_at) VALUES ('max', '{}', 1)");
            session.Write("INSERT INTO delivery (channel, reason) VALUES ('max', 'why')");
            return 0;
        });
    }

    private static CopyOutcome Copy(StorageOptions from, StorageOptions to, int stopAfter = int.MaxValue)
    {
        using var stop = new CancellationTokenSource();
        using var source = CopyEnd.Open(from);
        using var target = CopyEnd.Open(to);
        var pages = 0;
        return new DatabaseCopy(source, target, TimeProvider.System, _ => CountPage()) { PageRows = 7 }.Run(stop.Token);

        void CountPage()
        {
            if (++pages == stopAfter) stop.Cancel();
        }
    }

    /// <summary>Every row of every copied table.</summary>
    private static List<string> Contents(StorageOptions options)
    {
        using var end = CopyEnd.Open(options);
        return [.. CopiedTable.All.SelectMany(table => end.Read(table, null, null, 1000).Rows.Select(row => table.Name + ": " + string.Join('|', row.Select(Text))))];

        static string Text(object? value) => value switch { null => "NULL", byte[] bytes => Convert.ToHexString(bytes), _ => $"{value}" };
    }

    private static (long, long, long) Ask(StorageOptions options, string sql)
    {
        using var end = CopyEnd.Open(options);
        return end.Session.First(sql, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)));
    }

    private static void Run(StorageOptions options, string sql)
    {
        using var end = CopyEnd.Open(options);
        end.Session.Execute(sql);
    }
}

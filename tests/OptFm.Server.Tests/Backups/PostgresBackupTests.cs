using OptFm.Server.Backups;
using OptFm.Server.Backups.Postgres;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: what differs from SQLite's backups. Each replacement is one transaction, what a backup holds never runs, and words name the next step.</summary>
public sealed class PostgresBackupTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_replaces_is_kept_as_a_dump_that_postgresql_itself_takes()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("old");
        var backup = (await shop.BackUpAsync()).File;
        await shop.WriteAsync("newer");
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in OwnTables.All) rows[table] = (long)(await shop.AskAsync($"SELECT count(*) FROM {table}"))!;

        var restored = await shop.RestoreAsync(backup);

        shop.Chats().ShouldBe(["old"]);
        (await new Dump(Path.Combine(restored.Kept, "optfm.dump"), Migrator.KnownSchema).CheckAsync(rows, Stop)).Chats.ShouldBe(2);
    }

    [Fact]
    public async Task Ids_go_on_where_they_stood_though_the_last_rows_were_deleted()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1", "2", "3");
        await shop.AskAsync("DELETE FROM inbox WHERE id > 1");
        var backup = (await shop.BackUpAsync(shop.Etc)).File;
        await shop.DestroyDataAsync();

        await shop.RestoreAsync(backup);
        await shop.WriteAsync("4");

        (await shop.AskAsync("SELECT max(id) FROM inbox")).ShouldBe(4L);
    }

    [Fact]
    public async Task Tables_of_others_in_the_same_database_are_neither_copied_nor_touched()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1");
        await shop.AskAsync("CREATE TABLE ledger AS SELECT 42 AS answer");

        var made = await shop.BackUpAsync();
        await shop.RestoreAsync(made.File);

        (await shop.VerifyAsync(made.File)).Manifest.Rows!.Keys.ShouldNotContain("ledger");
        (await shop.AskAsync("SELECT answer FROM ledger")).ShouldBe(42);
    }

    [Fact]
    public async Task The_tables_named_are_all_that_there_are()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        shop.OpenToServe().Dispose();

        var found = (string)(await shop.AskAsync("SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname = 'public'"))!;

        found.Split(',').ShouldBe(OwnTables.All, ignoreOrder: true, "a migration makes a table in a form that OwnTables does not see");
    }

    [Fact]
    public async Task A_dump_of_something_else_is_refused_and_none_of_it_runs()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1");
        using var evil = await Shop.OnAsync(Shop.Postgres, server);
        await evil.WriteAsync("2");
        await evil.AskAsync("CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM outbox; RETURN NEW; END'");
        await evil.AskAsync("CREATE TRIGGER harm AFTER INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION harm()");
        await evil.AskAsync("ALTER TABLE conversation ADD COLUMN harm TEXT");

        var refused = await Should.ThrowAsync<BackupException>(shop.RestoreAsync((await evil.BackUpAsync()).File, dataOnly: true));

        refused.Message.ShouldContain("42703", customMessage: "the column that only the other database has");
        shop.Chats().ShouldBe(["1"]);
        (await shop.AskAsync("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).ShouldBe(0L);
        Directory.GetDirectories(shop.Data, "before-restore-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trigger_in_a_dump_is_left_out()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1");
        await shop.AskAsync("CREATE FUNCTION harm() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM inbox; RETURN NEW; END'");
        await shop.AskAsync("CREATE TRIGGER harm AFTER INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION harm()");

        await shop.RestoreAsync((await shop.BackUpAsync()).File);

        shop.Chats().ShouldBe(["1"]);
        (await shop.AskAsync("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_table_that_is_missing_in_the_dump_is_missed()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1");
        await shop.AskAsync("DROP TABLE outbox");

        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync())).Message.ShouldContain("outbox");
    }

    [Fact]
    public async Task Neither_database_takes_the_others_backup()
    {
        using var embedded = new Shop();
        await embedded.WriteAsync("1");
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("2");

        var file = await Should.ThrowAsync<BackupException>(shop.RestoreAsync((await embedded.BackUpAsync()).File, dataOnly: true));
        var dump = await Should.ThrowAsync<BackupException>(embedded.RestoreAsync((await shop.BackUpAsync()).File, dataOnly: true));

        file.Message.ShouldContain("optfm db copy --from sqlite:");
        file.In(AdministratorLanguage.Russian).ShouldContain("optfm db copy");
        dump.Message.ShouldContain("optfm db copy --from postgresql:");
        embedded.Chats().ShouldBe(["1"]);
        shop.Chats().ShouldBe(["2"]);
    }

    [Fact]
    public async Task An_empty_database_and_a_newer_one_are_told()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync())).Message.ShouldContain("start the server first");
        await shop.WriteAsync("1");
        var backup = (await shop.BackUpAsync()).File;
        await shop.AskAsync("UPDATE optfm_schema SET version = 999");

        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync())).Message.ShouldContain("made by a newer optfm");
        (await Should.ThrowAsync<BackupException>(shop.RestoreAsync(backup))).Message.ShouldContain("createdb");
    }

    [Fact]
    public async Task What_cannot_be_tried_is_told()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1");
        var file = (await shop.BackUpAsync()).File;

        var nowhere = await BackupCheck.VerifyAsync(file, null, shop.Data, server: null, Stop);
        var dead = await BackupCheck.VerifyAsync(file, null, shop.Data, new PostgresOptions(PostgresUrl.Read("postgresql://optfm:hunter2@127.0.0.1:9/optfm"), 3), Stop);

        nowhere.Contents.Chats.ShouldBe(1);
        nowhere.Untried.ShouldNotBeNull().English.ShouldContain("no PostgreSQL");
        dead.Untried.ShouldNotBeNull().English.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_restore_that_was_done_but_for_its_last_line_is_not_undone()
    {
        using var shop = await Shop.OnAsync(Shop.Postgres, server);
        await shop.WriteAsync("1");
        await shop.RestoreAsync((await shop.BackUpAsync()).File);
        var mark = (string)(await shop.AskAsync("SELECT obj_description('optfm_schema'::regclass, 'pg_class')"))!;
        var kept = Path.Combine(shop.Data, "kept");
        await File.WriteAllTextAsync(kept, "old", Stop);
        await File.WriteAllTextAsync(Path.Combine(shop.Data, "a"), "new", Stop);
        var replacement = new Replacement([new(Path.Combine(shop.Data, "a"), "a", kept, FileOwner.Of(shop.Data)!)], mark);
        var storage = shop.Loaded.Settings.Storage;

        replacement.Write(Path.Combine(shop.Data, Replacement.FileName));
        UnfinishedRestore.Undo(shop.Data, found => RestoreMark.IsIn(storage, found)).ShouldBeFalse();
        File.ReadAllText(Path.Combine(shop.Data, "a")).ShouldBe("new");
        (replacement with { Mark = RestoreMark.New() }).Write(Path.Combine(shop.Data, Replacement.FileName));
        UnfinishedRestore.Undo(shop.Data, found => RestoreMark.IsIn(storage, found)).ShouldBeTrue();

        File.ReadAllText(Path.Combine(shop.Data, "a")).ShouldBe("old");
    }

    [Fact]
    public async Task A_program_that_is_missing_or_too_old_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-pg-");
        try
        {
            foreach (var version in (int[])[13, 15, 17]) Program(folder.FullName, version);
            var programs = new ClientPrograms(folder.FullName);

            (await programs.FindAsync("pg_dump", 14, Stop)).ShouldContain("/15/");
            (await programs.FindAsync("pg_dump", 0, Stop)).ShouldContain("/17/");
            (await Should.ThrowAsync<BackupException>(programs.FindAsync("pg_dump", 18, Stop))).Message.ShouldContain("postgresql-client-18");
            (await Should.ThrowAsync<BackupException>(programs.FindAsync("pg_nothing", 0, Stop))).Message.ShouldContain("apt install postgresql-client");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Program(string folder, int version)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        var file = Path.Combine(Directory.CreateDirectory($"{folder}/{version}/bin").FullName, "pg_dump");
        File.WriteAllText(file, $"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.3 (Debian)'\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}

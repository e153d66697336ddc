using OptFm.Server.Backups;
using OptFm.Server.Operations;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: a restore brings everything back, keeps what it replaces, and where anything stands in its way changes nothing.</summary>
public sealed class RestoreTests(PostgresServer server)
{
    [Theory]
    [InlineData(Shop.Sqlite)]
    [InlineData(Shop.Postgres)]
    public async Task Everything_destroyed_comes_back(string store)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1", "2");
        var backup = (await shop.BackUpAsync(Path.Combine(shop.Etc, "elsewhere"))).File;
        var (settings, faq) = (File.ReadAllText(shop.SettingsFile), File.ReadAllText(shop.Faq));
        await shop.DestroyDataAsync();
        File.Delete(shop.Faq);
        File.WriteAllText(shop.SettingsFile, $"DATA_DIR={shop.Data}\n");

        var restored = await shop.RestoreAsync(backup);

        shop.Chats().ShouldBe(["1", "2"]);
        File.ReadAllText(shop.SettingsFile).ShouldBe(settings);
        File.ReadAllText(shop.Faq).ShouldBe(faq);
        File.ReadAllText(Path.Combine(shop.Data, "price.csv")).ShouldContain("Чехол");
        restored.Contents.Received.ShouldBe(2);
        shop.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_it_replaces_is_kept_with_what_was_not_yet_in_the_database_file()
    {
        using var shop = new Shop();
        await shop.WriteAsync("old");
        var backup = (await shop.BackUpAsync()).File;
        await shop.WriteAsync("newer");
        File.AppendAllText(shop.SettingsFile, "# newer\n");
        await File.WriteAllTextAsync(shop.Database + "-wal", "a log that belongs to nothing", TestContext.Current.CancellationToken);

        var restored = await shop.RestoreAsync(backup);

        shop.Chats().ShouldBe(["old"]);
        using var kept = SqliteDatabase.Open(Path.Combine(restored.Kept, "optfm.db"));
        kept.All("SELECT chat FROM conversation", r => r.GetString(0)).ShouldBe(["newer", "old"], ignoreOrder: true);
        File.ReadAllText(Path.Combine(restored.Kept, "settings.env")).ShouldContain("# newer");
        File.ReadAllText(shop.SettingsFile).ShouldNotContain("# newer");
    }

    [Theory]
    [InlineData(Shop.Sqlite)]
    [InlineData(Shop.Postgres)]
    public async Task The_data_alone_leaves_the_settings_alone(string store)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1");
        var backup = (await shop.BackUpAsync()).File;
        await shop.WriteAsync("2");
        File.AppendAllText(shop.SettingsFile, "# newer\n");

        await shop.RestoreAsync(backup, dataOnly: true);

        shop.Chats().ShouldBe(["1"]);
        File.ReadAllText(shop.SettingsFile).ShouldContain("# newer");
    }

    [Theory]
    [InlineData(Shop.Sqlite)]
    [InlineData(Shop.Postgres)]
    public async Task A_running_server_is_not_disturbed(string store)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1");
        var backup = (await shop.BackUpAsync()).File;
        using var running = shop.OpenToServe();

        var refused = await Should.ThrowAsync<BackupException>(shop.RestoreAsync(backup));

        refused.Message.ShouldContain("systemctl stop optfm");
        Directory.GetDirectories(shop.Data, "before-restore-*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Shop.Sqlite)]
    [InlineData(Shop.Postgres)]
    public async Task A_broken_settings_file_is_what_it_mends(string store)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1");
        var backup = (await shop.BackUpAsync()).File;
        await File.WriteAllTextAsync(shop.SettingsFile, $"DATA_DIR={shop.Data}\nFAQ_FI", TestContext.Current.CancellationToken);

        (await shop.RestoreAsync(backup)).Settings.Problems.ShouldBeEmpty();

        File.ReadAllText(shop.SettingsFile).ShouldContain("kept-secret");
    }

    [Theory]
    [InlineData(Shop.Sqlite)]
    [InlineData(Shop.Postgres)]
    public async Task One_file_that_cannot_be_replaced_and_none_is(string store)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1");
        var backup = (await shop.BackUpAsync()).File;
        await shop.WriteAsync("2");
        File.AppendAllText(shop.SettingsFile, "# newer\n");
        File.Delete(shop.Faq);
        Directory.CreateDirectory(Path.Combine(shop.Faq, "not empty"));

        await Should.ThrowAsync<BackupException>(shop.RestoreAsync(backup));

        shop.Chats().ShouldBe(["1", "2"]);
        File.ReadAllText(shop.SettingsFile).ShouldContain("# newer");
        shop.Leftovers().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_restore_cut_off_half_way_is_undone_before_the_server_starts(int done)
    {
        using var shop = new Shop();
        var fresh = Directory.CreateDirectory(Path.Combine(shop.Data, "fresh")).FullName;
        var kept = Directory.CreateDirectory(Path.Combine(shop.Data, "kept")).FullName;
        var owner = FileOwner.Of(shop.Data)!;
        var steps = ((string[])["a", "b", "c"]).Select(name => new ReplacementStep(Path.Combine(shop.Data, name), name, Path.Combine(kept, name), owner)).ToList();
        foreach (var step in steps)
        {
            if (step.Name != "b") File.WriteAllText(step.Target, "old");
            File.WriteAllText(Path.Combine(fresh, step.Name!), "new");
        }

        var replacement = new Replacement(steps);
        replacement.Prepare(fresh);
        replacement.Write(Path.Combine(shop.Data, Replacement.FileName));
        foreach (var step in steps.Take(done)) step.Run(Replacement.Beside);

        UnfinishedRestore.Undo(shop.Data, _ => false).ShouldBeTrue();

        steps.ConvertAll(step => File.Exists(step.Target) ? File.ReadAllText(step.Target) : null).ShouldBe(["old", null, "old"]);
        shop.Leftovers().ShouldBeEmpty();
        UnfinishedRestore.Undo(shop.Data, _ => false).ShouldBeFalse();
    }

    [Fact]
    public void A_server_does_not_start_into_a_restore_under_way()
    {
        using var shop = new Shop();
        File.WriteAllText(Path.Combine(shop.Data, Replacement.FileName), "{}");
        using var restore = BackupLock.Take(shop.Data);

        Should.Throw<StartupException>(() => UnfinishedRestore.Undo(shop.Data, _ => false)).In(AdministratorLanguage.Russian).ShouldHaveSingleItem().ShouldContain("Уже идёт");
    }
}

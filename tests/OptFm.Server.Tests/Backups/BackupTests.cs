using OptFm.Server.Backups;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Backups;

/// <summary>Proves: a backup holds everything, appears whole or not at all, is for nobody else's eyes, and old ones go.</summary>
public sealed class BackupTests(PostgresServer server)
{
    private static readonly UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(Shop.Sqlite, "optfm.db")]
    [InlineData(Shop.Postgres, "optfm.dump")]
    public async Task Everything_is_in_it_and_it_is_closed_to_others(string store, string copy)
    {
        using var shop = await Shop.OnAsync(store, server);
        await shop.WriteAsync("1", "2");

        var made = await shop.BackUpAsync();

        made.File.ShouldBe(Path.Combine(shop.Data, "backups", "optfm-20260203T040506Z.tar.gz"));
        (OperatingSystem.IsWindows() ? Mine : File.GetUnixFileMode(made.File)).ShouldBe(Mine);
        var verified = await shop.VerifyAsync(made.File);
        verified.Contents.ShouldBe(new DatabaseContents(Migrator.KnownSchema, Chats: 2, Received: 2, Replies: 0, Waiting: 0));
        verified.Manifest.Files.Select(file => (file.Name, file.From)).ShouldBe(
            [(copy, shop.Loaded.Settings.Storage.Postgres?.Place ?? shop.Database), ("settings.env", shop.SettingsFile), ("faq.json", shop.Faq), ("price.csv", Path.Combine(shop.Data, "price.csv"))], ignoreOrder: true);
        verified.Untried.ShouldBeNull();
        shop.Leftovers().ShouldBeEmpty();
        var journal = BackupJournal.Read(shop.Data);
        journal.LastSuccess.ShouldBe(new BackupSuccess(shop.Now.Time, made.File, made.Bytes));
        journal.Condition(shop.Now.Time).ShouldBe(BackupCondition.Fresh);
    }

    [Fact]
    public async Task What_was_deleted_is_not_carried_on()
    {
        using var shop = new Shop();
        await shop.WriteAsync([.. Enumerable.Range(0, 300).Select(n => $"{n}")]);
        var full = (await shop.BackUpAsync()).Bytes;
        using (var database = SqliteDatabase.OpenToServe(shop.Database)) await database.WriteAsync(session => session.Execute("DELETE FROM inbox"));

        (await shop.BackUpAsync()).Bytes.ShouldBeLessThan(full / 10);
    }

    [Fact]
    public async Task Old_ones_go_and_nothing_else_does()
    {
        using var shop = new Shop("BACKUP_KEEP_DAYS=2");
        await shop.WriteAsync("1");
        var first = await shop.BackUpAsync();
        var folder = Path.GetDirectoryName(first.File)!;
        foreach (var name in (string[])["optfm-20200101T000000Z.tar.gz.age", "optfm-notes.txt", "optfm-20200101T000000Z.tar.gz.old", "photo.jpg"])
            await File.WriteAllTextAsync(Path.Combine(folder, name), name, TestContext.Current.CancellationToken);

        shop.Now.Time += TimeSpan.FromDays(1);
        var second = await shop.BackUpAsync();
        second.Pruned.ShouldBe(1);
        shop.Now.Time += TimeSpan.FromDays(365);
        var third = await shop.BackUpAsync();

        third.Pruned.ShouldBe(2);
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe([Path.GetFileName(third.File), "optfm-notes.txt", "optfm-20200101T000000Z.tar.gz.old", "photo.jpg"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_failed_one_deletes_nothing_leaves_nothing_and_is_remembered()
    {
        using var shop = new Shop("BACKUP_KEEP_DAYS=1");
        await shop.WriteAsync("1");
        var good = await shop.BackUpAsync();
        shop.Now.Time += TimeSpan.FromDays(9);
        await using (var file = new FileStream(shop.Database, FileMode.Open)) await file.WriteAsync(new byte[8192], TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<BackupException>(shop.BackUpAsync());

        failure.In(AdministratorLanguage.Russian).ShouldContain("не удалось скопировать");
        Directory.GetFiles(Path.GetDirectoryName(good.File)!).ShouldBe([good.File]);
        shop.Leftovers().ShouldBeEmpty();
        var journal = BackupJournal.Read(shop.Data);
        journal.Condition(shop.Now.Time).ShouldBe(BackupCondition.Failed);
        journal.LastFailure.ShouldNotBeNull().Problem.ShouldBe(failure.Message);
        journal.LastSuccess.ShouldNotBeNull().File.ShouldBe(good.File);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_with_the_next_step()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");

        // Not even root makes a folder there.
        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync("/proc/backups"))).Message.ShouldContain("ReadWritePaths=/proc/backups");
    }

    [Fact]
    public async Task Two_at_once_do_not_meet()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        using var other = BackupLock.Take(shop.Data);

        (await Should.ThrowAsync<BackupException>(shop.BackUpAsync())).Message.ShouldContain("under way");
    }

    [Fact]
    public async Task Files_that_were_left_by_a_killed_backup_are_swept_away()
    {
        using var shop = new Shop();
        await shop.WriteAsync("1");
        await File.WriteAllTextAsync(WorkFolder.Make(shop.Data).File("optfm.db"), "half a copy", TestContext.Current.CancellationToken);

        await shop.BackUpAsync();

        shop.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_an_empty_one_and_an_old_success_is_old()
    {
        using var shop = new Shop();
        var now = shop.Now.Time;
        BackupJournal.Read(shop.Data).Condition(now).ShouldBe(BackupCondition.Never);
        File.WriteAllText(Path.Combine(shop.Data, BackupJournal.FileName), "{");
        BackupJournal.Read(shop.Data).ShouldBe(BackupJournal.Empty);

        BackupJournal.Note(shop.Data, new BackupFailure(now, "full"));
        BackupJournal.Note(shop.Data, new BackupSuccess(now.AddHours(1), "/b", 5));

        BackupJournal.Read(shop.Data).Condition(now.AddHours(26)).ShouldBe(BackupCondition.Fresh);
        BackupJournal.Read(shop.Data).Condition(now.AddHours(28)).ShouldBe(BackupCondition.Old);
    }
}

using System.Text;
using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Storage;
using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: a rollback loses no acknowledged update, answers none twice that it can know of, and touches nothing it need not.</summary>
public sealed class KeptDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-copy-");

    private string File => Path.Combine(_folder.FullName, "optfm.db");

    private KeptDatabase Copy => new(File);

    [Fact]
    public async Task A_database_of_the_same_form_is_used_on()
    {
        await StoreAsync("before");
        Copy.Keep();
        await StoreAsync("meanwhile");

        Copy.PutBack("2").ShouldBe(new DatabaseReturned(DatabaseReturn.Unchanged, 0));

        Keys().ShouldBe(["before 0", "meanwhile 0"]);
    }

    [Fact]
    public async Task Of_a_changed_one_the_updates_that_came_meanwhile_are_carried_over()
    {
        await StoreAsync("before");
        Copy.Keep();
        await StoreAsync("waits", "answered", "half-answered");
        Execute("UPDATE inbox SET state = 1 WHERE key IN ('answered', 'half-answered')");
        Reply("answered", state: 2);
        Reply("half-answered", state: 2);
        Reply("half-answered", state: 0);
        Execute("ALTER TABLE inbox ADD COLUMN mood TEXT");
        Execute("PRAGMA user_version = 99");

        Copy.PutBack("2").ShouldBe(new DatabaseReturned(DatabaseReturn.CarriedOver, 3));

        Keys().ShouldBe(["before 0", "waits 0", "answered 1", "half-answered 0"]);
        Count("SELECT count(*) FROM lane WHERE due_at IS NOT NULL").ShouldBe(1);
        Count("SELECT count(*) FROM outbox").ShouldBe(0);
        System.IO.File.Exists(Copy.Newer("2")).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_newer_version_answered_and_sent_is_not_done_again()
    {
        await StoreAsync("was waiting", "was answered");
        Execute("UPDATE inbox SET state = 1 WHERE key = 'was answered'");
        Reply("was answered", state: 0);
        Copy.Keep();
        Execute("UPDATE inbox SET state = 1; UPDATE outbox SET state = 2; PRAGMA user_version = 99");
        Reply("was waiting", state: 2);

        Copy.PutBack("2").Arrivals.ShouldBe(0);

        Keys().ShouldBe(["was waiting 1", "was answered 1"]);
        Count("SELECT state FROM outbox").ShouldBe(2);
    }

    [Fact]
    public async Task A_form_in_which_answers_cannot_be_told_still_gives_its_updates()
    {
        await StoreAsync("before");
        Copy.Keep();
        await StoreAsync("meanwhile");
        Execute("DROP TABLE outbox; PRAGMA user_version = 99");

        Copy.PutBack("2").ShouldBe(new DatabaseReturned(DatabaseReturn.CarriedOver, 1));

        Keys().ShouldBe(["before 0", "meanwhile 0"]);
    }

    [Fact]
    public async Task A_file_that_is_no_database_any_more_is_kept_aside()
    {
        await StoreAsync("before");
        Copy.Keep();
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), TestContext.Current.CancellationToken);

        Copy.PutBack("2").ShouldBe(new DatabaseReturned(DatabaseReturn.LeftBehind, 0));

        Keys().ShouldBe(["before 0"]);
        (await System.IO.File.ReadAllTextAsync(Copy.Newer("2"), TestContext.Current.CancellationToken)).ShouldStartWith("xxx");
    }

    [Fact]
    public async Task Done_again_it_changes_nothing()
    {
        await StoreAsync("before");
        Copy.Keep();
        await StoreAsync("meanwhile");
        Execute("PRAGMA user_version = 99");
        Copy.PutBack("2");

        Copy.PutBack("2").Outcome.ShouldBe(DatabaseReturn.Unchanged);

        Keys().ShouldBe(["before 0", "meanwhile 0"]);
        Copy.Drop();
        _folder.GetFiles("*before-update*").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_was_not_there_before_is_made_anew_with_what_came()
    {
        Copy.Keep();
        await StoreAsync("meanwhile");
        Execute("PRAGMA user_version = 99");

        Copy.PutBack("2").ShouldBe(new DatabaseReturned(DatabaseReturn.CarriedOver, 1));

        Keys().ShouldBe(["meanwhile 0"]);
    }

    [Fact]
    public void A_served_database_is_left_alone()
    {
        using var server = SqliteDatabase.OpenToServe(File);

        Should.Throw<StoreException>(Copy.Keep);
        Should.Throw<StoreException>(() => Copy.PutBack("2"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task StoreAsync(params string[] keys)
    {
        using var database = SqliteDatabase.OpenToServe(File);
        var store = new InboxStore(database, TimeProvider.System);
        foreach (var key in keys)
        {
            var update = new Update(key, "message", "chat") { Message = new InboundMessage(InboundKind.Text, "chat", "hello") };
            await store.StoreAsync("web", update, Encoding.UTF8.GetBytes("{}"));
        }
    }

    private void Reply(string key, int state) => Execute(
        $"INSERT INTO outbox (channel, chat, inbox_id, message, state, created_at) SELECT channel, chat, id, '{{}}', {state}, 0 FROM inbox WHERE key = '{key}'");

    private string[] Keys() => Ask(session => session.All("SELECT key || ' ' || state FROM inbox ORDER BY id", r => r.GetString(0)).ToArray());

    private int Count(string sql) => Ask(session => session.First(sql, r => r.GetInt32(0)));

    private void Execute(string sql) => Ask(session => session.Execute(sql));

    private T Ask<T>(Func<Session, T> work)
    {
        using var session = new SqliteSession(SqliteDatabase.Connect(File));
        return work(session);
    }
}

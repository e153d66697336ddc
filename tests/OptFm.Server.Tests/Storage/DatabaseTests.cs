using OptFm.Server.Queue;
using OptFm.Server.Storage;
using SQLitePCL;

namespace OptFm.Server.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("optfm-db-").FullName, "optfm.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public async Task Work_that_fails_undoes_itself_and_nothing_else_of_its_batch()
    {
        using var database = Database.OpenToServe(_file);

        var works = Enumerable.Range(0, 50).Select(n => database.WriteAsync(session =>
        {
            session.Execute("INSERT INTO poll_marker (channel, marker) VALUES (@channel, '')", ("@channel", $"{n}"));
            return n % 2 == 0 ? n : throw new InvalidOperationException("odd");
        })).ToList();

        foreach (var (work, n) in works.Select((work, n) => (work, n)))
        {
            if (n % 2 == 0) (await work).ShouldBe(n);
            else await Should.ThrowAsync<InvalidOperationException>(work);
        }

        database.Read(session => session.First("SELECT COUNT(*) FROM poll_marker", r => r.GetInt32(0))).ShouldBe(25);
    }

    [Fact]
    public async Task Work_that_runs_again_because_another_failed_leaves_one_trace()
    {
        using var database = Database.OpenToServe(_file);
        using var gate = new ManualResetEventSlim();
        var first = database.WriteAsync(_ => gate.Wait(TimeSpan.FromSeconds(60)));

        // These three wait for the first and share a transaction.
        var before = database.WriteAsync(session => session.Execute("INSERT INTO poll_marker (channel, marker) VALUES ('before', '')"));
        var failing = database.WriteAsync<int>(_ => throw new InvalidOperationException("a defect"));
        var after = database.WriteAsync(session => session.Execute("INSERT INTO poll_marker (channel, marker) VALUES ('after', '')"));
        gate.Set();

        (await first).ShouldBeTrue();
        (await before).ShouldBe(1);
        await Should.ThrowAsync<InvalidOperationException>(failing);
        (await after).ShouldBe(1);
        database.Read(session => session.All("SELECT channel FROM poll_marker ORDER BY channel", r => r.GetString(0))).ShouldBe(["after", "before"]);
    }

    [Fact]
    public void A_statement_is_not_compiled_again_for_another_value()
    {
        using (Database.OpenToServe(_file))
        {
        }

        using var connection = Database.Connect(_file);
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
        using var first = Database.OpenToServe(_file);

        Should.Throw<StoreException>(() => Database.OpenToServe(_file)).Message.ShouldContain("in use");
        using var beside = Database.OpenBeside(_file);
    }

    [Fact]
    public void A_database_made_by_a_newer_program_is_refused()
    {
        using (Database.OpenToServe(_file))
        {
        }

        using (var session = Database.Open(_file)) session.Execute("PRAGMA user_version = 999");

        Should.Throw<StoreException>(() => Database.OpenToServe(_file)).Message.ShouldContain("newer optfm");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_words()
    {
        File.WriteAllText(_file, new string('x', 8192));

        Should.Throw<StoreException>(() => Database.OpenToServe(_file)).Message.ShouldContain("optfm.db");
    }

    [Fact]
    public async Task A_worker_that_lost_its_lane_cannot_write()
    {
        using var database = Database.OpenToServe(_file);
        await database.WriteAsync(session =>
        {
            Lanes.Wake(session, QueueName.In, "max", "chat", now: 0);
            return true;
        });

        var slow = await Claim(now: 0, lease: 10);
        var quick = await Claim(now: 11, lease: 100);

        await Should.ThrowAsync<LaneLostException>(database.WriteAsync(session =>
        {
            session.Execute("INSERT INTO poll_marker (channel, marker) VALUES ('slow', '')");
            Lanes.Release(session, slow, due: null);
            return true;
        }));
        await database.WriteAsync(session =>
        {
            Lanes.Release(session, quick, due: null);
            return true;
        });
        database.Read(session => session.First("SELECT COUNT(*) FROM poll_marker", r => r.GetInt32(0))).ShouldBe(0);

        Task<Claim> Claim(long now, long lease) =>
            database.WriteAsync(session => Lanes.ClaimDue(session, QueueName.In, "max", 10, now, lease).Single());
    }
}

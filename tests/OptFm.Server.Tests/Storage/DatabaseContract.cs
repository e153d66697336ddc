using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;

namespace OptFm.Server.Tests.Storage;

/// <summary>What every database promises to the message path.</summary>
public abstract class DatabaseContract(TestStore store) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return store.DisposeAsync();
    }

    [Fact]
    public async Task Work_that_fails_undoes_itself_and_nothing_else_of_its_batch()
    {
        using var database = await store.OpenAsync();

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
        using var database = await store.OpenAsync();
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
    public async Task A_worker_that_lost_its_lane_cannot_write()
    {
        using var database = await store.OpenAsync();
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

    /// <summary>The disk was full when the claim was to be committed, say: its worker gives back what it may hold, and by then somebody else may hold it.</summary>
    [Fact]
    public async Task A_claim_that_was_undone_cannot_give_back_the_lane_of_the_next()
    {
        using var database = await store.OpenAsync();
        await database.WriteAsync(session =>
        {
            OutboxStore.Add(session, "max", "chat", inboxId: null, "{}", now: 0);
            return true;
        });
        Claim undone = default;
        await Should.ThrowAsync<InvalidOperationException>(database.WriteAsync<bool>(session =>
        {
            undone = OutboxStore.Claim(session, "max", 10, now: 0, lease: 100).Single().Claim;
            throw new InvalidOperationException("the disk is full");
        }));
        var held = (await database.WriteAsync(session => OutboxStore.Claim(session, "max", 10, now: 0, lease: 100))).Single().Claim;

        await Should.ThrowAsync<LaneLostException>(database.WriteAsync(session =>
        {
            OutboxStore.GiveBack(session, undone, now: 1);
            return true;
        }));

        held.Fence.ShouldBe(undone.Fence);
        database.Read(session => session.First("SELECT state FROM outbox", r => r.GetInt32(0))).ShouldBe((int)OutboxState.Sending);
    }

    [Fact]
    public async Task Results_are_there_afterwards_though_nobody_looked_at_them_within_the_work()
    {
        using var database = await store.OpenAsync();

        var (first, second, found) = await database.WriteAsync(session => (Insert(session, "one"), Insert(session, "one"), session.FirstLater("SELECT channel FROM poll_marker", r => r.GetString(0))));

        (first.Value, second.Value, found.Value).ShouldBe((1, 0, "one"));

        static Later<int> Insert(Session session, string channel) => session.ExecuteLater(
            "INSERT INTO poll_marker (channel, marker) VALUES (@channel, @marker) ON CONFLICT (channel) DO NOTHING", ("@channel", channel), ("@marker", (string?)null));
    }

    [Fact]
    public async Task What_is_said_to_others_wakes_nobody_unless_it_was_stored()
    {
        using var database = await store.OpenAsync();

        await Should.ThrowAsync<InvalidOperationException>(database.WriteAsync<int>(session =>
        {
            Lanes.Wake(session, QueueName.In, "max", "chat", now: 0);
            throw new InvalidOperationException("a defect");
        }));

        database.Read(session => Lanes.NextDue(session, QueueName.In, "max")).ShouldBeNull();
    }

    [Fact]
    public async Task A_reply_whose_holder_let_the_lease_run_out_is_claimed_again_with_an_unknown_outcome()
    {
        using var database = await store.OpenAsync();
        await database.WriteAsync(session =>
        {
            OutboxStore.Add(session, "max", "chat", null, "{}", now: 0);
            return true;
        });

        var first = await Claim(now: 0, lease: 10);
        (await Claim(now: 5, lease: 10)).ShouldBeNull("the lease still holds");
        var second = await Claim(now: 10, lease: 20);

        (first!.Attempts, first.Unknowns).ShouldBe((1, 0));
        (second!.Id, second.Attempts, second.Unknowns).ShouldBe((first.Id, 2, 1));

        Task<ClaimedReply?> Claim(long now, long lease) => database.WriteAsync(session => OutboxStore.Claim(session, "max", 10, now, lease).SingleOrDefault().Reply.Value);
    }

    [Fact]
    public async Task What_waits_is_counted_and_its_oldest_found()
    {
        using var database = await store.OpenAsync();
        await database.WriteAsync(session =>
        {
            for (var i = 0; i < 3; i++) OutboxStore.Add(session, "max", $"{i}", null, "{}", now: 100 + i);
            return OutboxStore.Claim(session, "max", 1, now: 200, lease: 1000);
        });

        database.Read(session => QueueDepth.OfOutbox(session, "max")).ShouldBe(new QueueDepth(3, 100));
        database.Read(session => QueueDepth.OfInbox(session, "max")).ShouldBe(new QueueDepth(0, null));
        database.Read(session => OutboxStore.LatestCalls(session, "max", 10, now: 300)).ShouldBe([300]);
        database.Read(session => OutboxDesk.List(session, OutboxState.Waiting, 10)).Count.ShouldBe(2);
        database.Read(session => OutboxDesk.List(session, null, 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_claim_that_was_given_back_leaves_no_trace()
    {
        using var database = await store.OpenAsync();
        await database.WriteAsync(session =>
        {
            OutboxStore.Add(session, "max", "chat", null, "{}", now: 0);
            return true;
        });
        var claimed = await Claim();

        await database.WriteAsync(session =>
        {
            OutboxStore.GiveBack(session, claimed.Claim, now: 0);
            return true;
        });

        var again = await Claim();
        (again.Attempts, again.Unknowns).ShouldBe((1, 0));

        Task<ClaimedReply> Claim() => database.WriteAsync(session => OutboxStore.Claim(session, "max", 10, now: 0, lease: 10).Single().Reply.Value!);
    }

    [Fact]
    public async Task The_order_of_claims_is_that_of_their_waiting_and_no_more_are_taken_than_asked_for()
    {
        using var database = await store.OpenAsync();
        await database.WriteAsync(session =>
        {
            for (var i = 0; i < 10; i++) Lanes.Wake(session, QueueName.In, "max", $"{9 - i}", now: i);
            return true;
        });

        var claims = await database.WriteAsync(session => Lanes.ClaimDue(session, QueueName.In, "max", most: 3, now: 100, lease: 1000));

        claims.Select(claim => claim.Chat).ShouldBe(["9", "8", "7"], ignoreOrder: true);
        database.Read(session => Lanes.NextDue(session, QueueName.In, "max")).ShouldBe(3);
    }

    [Fact]
    public async Task A_strangers_text_is_stored_whatever_is_in_it()
    {
        using var database = await store.OpenAsync();
        const string Strange = "нуль \0, половина \uD83D пары, пара \uD83D\uDE00";

        await database.WriteAsync(session => session.Execute("INSERT INTO poll_marker (channel, marker) VALUES ('max', @marker)", ("@marker", Strange)));

        database.Read(session => session.First("SELECT marker FROM poll_marker", r => r.GetString(0)))!.ShouldEndWith("пара \uD83D\uDE00");
    }
}

public sealed class SqliteContract() : DatabaseContract(new SqliteStore());

public sealed class PostgresContract(PostgresServer server) : DatabaseContract(new PostgresStore(server));

using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Retention;
using OptFm.Server.Storage;
using OptFm.Server.Tests.Storage;

namespace OptFm.Server.Tests.Retention;

/// <summary>What is deleted by age, what is not, and that messages go on meanwhile; on both databases.</summary>
public abstract class RetentionContract(TestStore store) : IAsyncDisposable
{
    private const long Cutoff = 1_000_000;
    private const long Old = 1_000;
    private const long Young = 2_000_000;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return store.DisposeAsync();
    }

    [Fact]
    public async Task What_is_over_goes_and_what_waits_or_is_young_stays()
    {
        using var database = await store.OpenAsync();
        await WriteAsync(database, session =>
        {
            foreach (var state in Enum.GetValues<InboxState>())
            {
                AddUpdate(session, $"old {state}", "old", state, Old);
                AddUpdate(session, $"young {state}", "young", state, Young);
            }

            foreach (var state in Enum.GetValues<OutboxState>())
            {
                AddReply(session, "old", state, Old);
                AddReply(session, "young", state, Young);
            }
        });

        var trimmed = await TrimAsync(database);

        (trimmed!.Rows["inbox"], trimmed.Rows["outbox"], trimmed.Failed).ShouldBe((3, 2, 1));
        Texts(database, "SELECT key FROM inbox ORDER BY key").ShouldBe(["old Pending", "young Done", "young Failed", "young Pending", "young Skipped"]);
        Texts(database, "SELECT chat FROM outbox WHERE state < 2").Order().ShouldBe(["old", "old", "young", "young"]);
        Texts(database, "SELECT chat FROM outbox WHERE state >= 2").ShouldBe(["young", "young"]);
    }

    [Fact]
    public async Task The_memory_of_a_silent_chat_goes_with_its_lanes_and_that_of_others_stays()
    {
        using var database = await store.OpenAsync();
        await WriteAsync(database, session =>
        {
            AddChat(session, "silent", Old, due: null);
            AddChat(session, "talking", Young, due: null);
            AddChat(session, "waiting", Old, due: Old);
        });

        await TrimAsync(database);

        Texts(database, "SELECT chat FROM conversation").ShouldBe(["talking"]);
        Texts(database, "SELECT chat FROM lane ORDER BY chat").ShouldBe(["talking", "waiting"]);
    }

    [Fact]
    public async Task A_lane_that_was_deleted_and_made_again_is_closed_to_whoever_held_the_old_one()
    {
        using var database = await store.OpenAsync();
        await WriteAsync(database, session => Lanes.Wake(session, QueueName.In, "max", "chat", now: 1));
        var zombie = await ClaimAsync(database, now: 10);
        var next = await ClaimAsync(database, now: 100);
        await WriteAsync(database, session => Lanes.Release(session, next, due: null));
        await TrimAsync(database);
        Texts(database, "SELECT chat FROM lane").ShouldBeEmpty();

        await WriteAsync(database, session => Lanes.Wake(session, QueueName.In, "max", "chat", now: Cutoff));
        var holder = await ClaimAsync(database, now: Cutoff);

        holder.Fence.ShouldBeGreaterThan(next.Fence);
        await Should.ThrowAsync<LaneLostException>(WriteAsync(database, session => Lanes.CheckFence(session, zombie)));
        await WriteAsync(database, session => Lanes.CheckFence(session, holder));
    }

    [Fact]
    public async Task The_newest_row_stays_however_old_so_that_no_number_is_given_away_twice()
    {
        using var database = await store.OpenAsync();
        await WriteAsync(database, session =>
        {
            for (var i = 1; i <= 3; i++) AddUpdate(session, $"{i}", "chat", InboxState.Done, Old);
        });

        await TrimAsync(database);
        await WriteAsync(database, session => AddUpdate(session, "4", "chat", InboxState.Done, Young));

        Texts(database, "SELECT key FROM inbox WHERE id = 4").ShouldBe(["4"]);
        Texts(database, "SELECT key FROM inbox WHERE id < 3").ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_go_some_hundred_at_a_time_and_messages_pass_between_them()
    {
        using var database = await store.OpenAsync();
        await FillAsync(database, 5_000);
        var inbox = new InboxStore(database, TimeProvider.System);
        var (before, largest, passed) = (Count(database), 0L, 0);

        await TrimAsync(database, rest: async () =>
        {
            var now = Count(database);
            largest = Math.Max(largest, before - now);
            (await inbox.StoreAsync("max", new Update($"new {passed++}", "message", "new"), new byte[1])).ShouldBeTrue();
            before = now + 1;
        });

        largest.ShouldBeInRange(1, RetentionRound.BatchRows);
        passed.ShouldBeGreaterThanOrEqualTo(5_000 / RetentionRound.BatchRows);
        Count(database).ShouldBe(passed, "of the old rows none is left, of the new ones all are");
    }

    [Fact]
    public async Task Cut_off_it_goes_on_in_the_next_round()
    {
        using var database = await store.OpenAsync();
        await FillAsync(database, 3_000);
        using var stop = new CancellationTokenSource();
        var rests = 0;

        await Should.ThrowAsync<OperationCanceledException>(TrimAsync(database, rest: () => ++rests < 4 ? Task.CompletedTask : Task.FromException(new OperationCanceledException())));
        Count(database).ShouldBeInRange(1, 2_999);
        await TrimAsync(database);

        Count(database).ShouldBe(1);
    }

    [Fact]
    public async Task A_node_that_loses_the_duty_stops()
    {
        using var database = await store.OpenAsync();
        await FillAsync(database, 3_000);
        var asked = 0;

        (await new RetentionRound(database, _ => Task.FromResult(++asked <= 3), _ => Task.CompletedTask).RunAsync(Cutoff, CancellationToken.None)).ShouldBeNull();

        Count(database).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_is_replayed_after_it_was_looked_at_stays()
    {
        using var database = await store.OpenAsync();
        await FillAsync(database, 10);
        var table = TrimmedTable.All.Single(table => table.Name == "inbox");
        var rows = database.Read(session => table.Walk(session, table.Start, 5, Cutoff));

        await WriteAsync(database, session => InboxDesk.Replay(session, (long)rows[2].Key[0], Young));
        var deleted = await database.WriteAsync(session => table.Delete(session, table.Start, rows[^1].Key, Cutoff));

        deleted.ShouldBe(4);
        Texts(database, "SELECT key FROM inbox WHERE state = 0").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_few_rows_of_a_clock_that_was_wrong_keep_nothing_else()
    {
        using var database = await store.OpenAsync();
        await WriteAsync(database, session => AddUpdate(session, "from the future", "chat", InboxState.Done, long.MaxValue));
        await FillAsync(database, 1_200);

        await TrimAsync(database);

        Count(database).ShouldBe(2);
    }

    private static Task<Trimmed?> TrimAsync(Database database, Func<Task>? rest = null) =>
        new RetentionRound(database, _ => Task.FromResult(true), _ => rest?.Invoke() ?? Task.CompletedTask).RunAsync(Cutoff, CancellationToken.None);

    protected static Task FillAsync(Database database, int updates) => WriteAsync(database, session =>
    {
        for (var i = 0; i < updates; i++) AddUpdate(session, $"{Guid.NewGuid():N}", $"{i % 100}", InboxState.Done, Old + i % 10);
    });

    private static Task<Claim> ClaimAsync(Database database, long now) => database.WriteAsync(session => Lanes.ClaimDue(session, QueueName.In, "max", 1, now, now + 10).Single());

    private static Task<bool> WriteAsync(Database database, Action<Session> work) => database.WriteAsync(session =>
    {
        work(session);
        return true;
    });

    private static void AddUpdate(Session session, string key, string chat, InboxState state, long at) => session.Write(
        "INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', @key, @chat, 'message', @body, @state, @at)",
        ("@key", key), ("@chat", chat), ("@body", new byte[1000]), ("@state", (int)state), ("@at", at));

    private static void AddReply(Session session, string chat, OutboxState state, long at) => session.Write(
        "INSERT INTO outbox (channel, chat, message, state, created_at, finished_at) VALUES ('max', @chat, '{}', @state, @at, @end)",
        ("@chat", chat), ("@state", (int)state), ("@at", at), ("@end", state >= OutboxState.Sent ? at : null));

    private static void AddChat(Session session, string chat, long at, long? due)
    {
        session.Write("INSERT INTO conversation (channel, chat, first_name, updated_at) VALUES ('max', @chat, 'Анна', @at)", ("@chat", chat), ("@at", at));
        session.Write("INSERT INTO lane (queue, channel, chat, due_at) VALUES ('in', 'max', @chat, @due)", ("@chat", chat), ("@due", due));
    }

    private static long Count(Database database) => database.Read(session => session.First("SELECT COUNT(*) FROM inbox", r => r.GetInt64(0)));

    private static List<string> Texts(Database database, string sql) => database.Read(session => session.All(sql, r => r.GetString(0)));

    public sealed class OnSqlite() : RetentionContract(new SqliteStore())
    {
        [Fact]
        public async Task The_file_does_not_grow_when_as_much_comes_as_goes()
        {
            var file = new SqliteStore();
            await using (file)
            {
                using var database = await file.OpenAsync();
                await FillAsync(database, 4_000);
                var first = Pages(database);

                for (var round = 0; round < 3; round++)
                {
                    await TrimAsync(database);
                    await FillAsync(database, 4_000);
                }

                Pages(database).ShouldBeInRange(first, first * 105 / 100);
            }
        }

        private static long Pages(Database database) => database.Read(session => session.First("PRAGMA page_count", r => r.GetInt64(0)));
    }

    public sealed class OnPostgres(PostgresServer server) : RetentionContract(new PostgresStore(server));
}

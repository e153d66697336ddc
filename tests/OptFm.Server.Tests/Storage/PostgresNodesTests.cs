using Npgsql;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.MessagePath;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Storage;

/// <summary>Several nodes on one PostgreSQL.</summary>
public sealed class PostgresNodesTests(PostgresServer server)
{
    [Fact]
    public async Task Two_nodes_answer_every_message_once_and_each_chat_in_order()
    {
        var options = await server.DatabaseAsync();
        using var channel = new ScriptedChannel();
        await using var one = BotPath.Open(PostgresDatabase.Open(options, TimeProvider.System), channel).Running();
        await using var other = BotPath.Open(PostgresDatabase.Open(options, TimeProvider.System), channel).Running();

        var chats = Enumerable.Range(0, 20).Select(n => $"chat {n}").ToList();
        for (var i = 0; i < 10; i++)
        {
            var (node, text) = (i % 2 == 0 ? one : other, $"{i}");
            await Task.WhenAll(chats.Select(chat => node.SaysAsync(chat, text)));
        }

        await channel.UntilAsync(() => channel.Sent.Count >= 200);
        await BotPath.UntilAsync(() => one.Replies(OutboxState.Sent).Count == 200);
        foreach (var chat in chats) channel.SentTo(chat).ShouldBe(Enumerable.Range(0, 10).Select(n => $"{n}"));
        one.Replies().ShouldAllBe(reply => reply.Attempts == 1 && reply.Unknowns == 0);
    }

    [Fact]
    public async Task A_node_is_woken_by_what_another_process_stores()
    {
        var options = await server.DatabaseAsync();
        await using var idle = BotPath.Open(PostgresDatabase.Open(options, new StillClock())).Running();
        await using var storing = BotPath.Open(PostgresDatabase.Open(options, TimeProvider.System));

        // Its timers never go off, so that nothing but notices can wake it.
        for (var i = 0; i < 5; i++)
        {
            await storing.SaysAsync("chat", $"{i}");
            var stored = TimeProvider.System.GetTimestamp();
            await idle.Channel.UntilAsync(() => idle.Channel.Sent.Count == i + 1);
            TestContext.Current.TestOutputHelper?.WriteLine($"sent {TimeProvider.System.GetElapsedTime(stored).TotalMilliseconds:0.0} ms after it was stored");
        }
    }

    [Fact]
    public async Task Two_claimers_never_get_the_same_lane()
    {
        var options = await server.DatabaseAsync();
        using var one = PostgresDatabase.Open(options, TimeProvider.System);
        using var other = PostgresDatabase.Open(options, TimeProvider.System);
        await one.WriteAsync(session =>
        {
            for (var i = 0; i < 300; i++) Lanes.Wake(session, QueueName.In, "max", $"{i}", now: 0);
            return true;
        });

        var claims = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => (n % 2 == 0 ? one : other)
            .WriteAsync(Turn.Claiming, session => Lanes.ClaimDue(session, QueueName.In, "max", most: 7, now: 1, lease: 1_000_000))));

        claims.SelectMany(claim => claim).Select(claim => claim.Chat).ShouldBeUnique();
        claims.Sum(claim => claim.Count).ShouldBe(300);
    }

    [Fact]
    public async Task A_claim_that_the_database_forgot_cannot_be_given_back_in_the_place_of_the_next()
    {
        using var database = PostgresDatabase.Open(await server.DatabaseAsync(), TimeProvider.System);
        await database.WriteAsync(session =>
        {
            OutboxStore.Add(session, "max", "chat", null, "{}", now: 0);
            return true;
        });
        Claim forgotten = default;
        await Should.ThrowAsync<InvalidOperationException>(database.WriteAsync<int>(session =>
        {
            forgotten = OutboxStore.Claim(session, "max", 1, now: 0, lease: 1_000_000).Single().Claim;
            throw new InvalidOperationException("the transaction is lost");
        }));

        var next = await database.WriteAsync(session => OutboxStore.Claim(session, "max", 1, now: 0, lease: 1_000_000).Single().Claim);

        next.Fence.ShouldBe(forgotten.Fence);
        await Should.ThrowAsync<LaneLostException>(GiveBack(forgotten));
        (await GiveBack(next)).ShouldBeTrue();

        Task<bool> GiveBack(Claim claim) => database.WriteAsync(session =>
        {
            OutboxStore.GiveBack(session, claim, now: 0);
            return true;
        });
    }

    [Fact]
    public async Task What_is_stored_while_its_lane_is_given_back_is_not_left_lying()
    {
        var options = await server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, TimeProvider.System);
        var claim = await database.WriteAsync(session =>
        {
            Lanes.Wake(session, QueueName.In, "max", "chat", now: 0);
            return Lanes.ClaimDue(session, QueueName.In, "max", 1, now: 0, lease: 1_000_000).Single();
        });

        await using var storing = await OpenAsync(options);
        await RunAsync(storing, "BEGIN; INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', 'k', 'chat', 'text', '', 0, 0)");
        await RunAsync(storing, "INSERT INTO lane (queue, channel, chat, due_at) VALUES ('in', 'max', 'chat', 1) ON CONFLICT (queue, channel, chat) DO UPDATE SET due_at = 1 WHERE lane.due_at IS NULL");
        var giving = database.WriteAsync(session =>
        {
            InboxQueue.Release(session, claim, now: 5);
            return true;
        });
        await BotPath.UntilAsync(() => IsWaiting(database));
        await RunAsync(storing, "COMMIT");

        await giving;
        database.Read(session => Lanes.NextDue(session, QueueName.In, "max")).ShouldBe(5);
    }

    [Fact]
    public async Task Work_that_met_a_deadlock_is_done_all_the_same()
    {
        var options = await server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, TimeProvider.System);
        await database.WriteAsync(session => session.Execute("INSERT INTO poll_marker (channel, marker) VALUES ('a', ''), ('b', '')"));
        await using var rival = await OpenAsync(options);
        await RunAsync(rival, "SET deadlock_timeout = '60s'; BEGIN; UPDATE poll_marker SET marker = 'rival' WHERE channel = 'b'");

        var runs = 0;
        var work = database.WriteAsync(session =>
        {
            runs++;
            session.Execute("UPDATE poll_marker SET marker = marker || 'ours' WHERE channel = 'a'");
            return session.Execute("UPDATE poll_marker SET marker = marker || 'ours' WHERE channel = 'b'");
        });
        await BotPath.UntilAsync(() => IsWaiting(database));
        await RunAsync(rival, "UPDATE poll_marker SET marker = 'rival' WHERE channel = 'a'; COMMIT");

        (await work).ShouldBe(1);
        runs.ShouldBe(2);
        database.Read(session => session.All("SELECT marker FROM poll_marker ORDER BY channel", r => r.GetString(0))).ShouldBe(["rivalours", "rivalours"]);
    }

    [Fact]
    public async Task All_nodes_go_by_the_clock_of_the_server()
    {
        var options = await server.DatabaseAsync();
        using var database = PostgresDatabase.Open(options, new StillClock { Ahead = TimeSpan.FromHours(5) });

        (database.Clock!.GetUtcNow() - TimeProvider.System.GetUtcNow()).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(50, 6)]
    public async Task A_message_costs_few_round_trips_from_the_webhook_to_the_messenger_and_fewer_in_a_crowd(int chats, double most)
    {
        const int Rounds = 20;
        var database = PostgresDatabase.Open(await server.DatabaseAsync(), TimeProvider.System);
        await using var path = BotPath.Open(database).Running();
        await SayAsync(1);
        var (trips, statements, transactions) = (database.Figures.RoundTrips, database.Figures.Statements, database.Figures.Transactions);

        for (var round = 2; round <= Rounds + 1; round++) await SayAsync(round);

        double PerMessage(long now, long before) => (double)(now - before) / (Rounds * chats);
        var cost = PerMessage(database.Figures.RoundTrips, trips);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{chats} chats at once: {cost:0.0} round trips, {PerMessage(database.Figures.Statements, statements):0.0} statements, {PerMessage(database.Figures.Transactions, transactions):0.0} transactions per message");
        cost.ShouldBeLessThan(most);

        async Task SayAsync(int round)
        {
            await Task.WhenAll(Enumerable.Range(0, chats).Select(chat => path.SaysAsync($"chat {chat}", "hello")));
            await path.Channel.UntilAsync(() => path.Channel.Sent.Count == round * chats);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresOptions options)
    {
        var connection = new NpgsqlConnection(options.Address.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static bool IsWaiting(Database database) => database.Read(session => session.First(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", r => r.GetInt64(0))) == 1;

    /// <summary>A clock whose timers never go off.</summary>
    private sealed class StillClock : TimeProvider
    {
        public TimeSpan Ahead { get; init; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

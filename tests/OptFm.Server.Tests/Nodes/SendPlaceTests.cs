using OptFm.Server.Channels;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Tests.MessagePath;
using OptFm.Server.Tests.Storage;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Nodes;

/// <summary>The limit of a bot, kept by all nodes together.</summary>
public sealed class SendPlaceTests(PostgresServer server)
{
    private const string Channel = "scripted";

    [Fact]
    public async Task Three_nodes_together_call_no_more_often_than_one_may()
    {
        const int PerSecond = 20;
        const int Messages = 120;
        var options = await server.DatabaseAsync();
        using var channel = new ScriptedChannel { Limits = new() { TextLength = 4000, PerMinute = PerSecond * 60 } };
        var nodes = new List<BotPath>();
        for (var i = 0; i < 3; i++)
        {
            var node = await TestNode.JoinAsync(options);
            nodes.Add(BotPath.Open(node.Database, channel, node: node.Node));
        }

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(n => nodes[n % 3].SaysAsync($"chat {n}", "hello")));
        foreach (var node in nodes) node.Running();
        await channel.UntilAsync(() => channel.Sent.Count >= Messages);
        await BotPath.UntilAsync(() => nodes[0].Replies(OutboxState.Sent).Count == Messages);

        var calls = channel.CalledAt;
        for (var i = 0; i + PerSecond < calls.Count; i++)
            TimeProvider.System.GetElapsedTime(calls[i], calls[i + PerSecond]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1), $"calls {i} to {i + PerSecond}");
        nodes[0].Replies().ShouldAllBe(reply => reply.Attempts == 1);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_claim_brings_as_many_lanes_as_there_are_places_and_leaves_the_others()
    {
        using var node = await TestNode.JoinAsync(await server.DatabaseAsync());
        await FillAsync(node, chats: 10, perMinute: 240);

        var claims = await ClaimAsync(node);

        claims.Count.ShouldBe(4);
        claims.Select(claim => claim.Place).ShouldBe([1, 2, 3, 4], ignoreOrder: true);
        (await ClaimAsync(node)).ShouldBeEmpty();
        Ask(node, "SELECT count(*) FROM lane WHERE claimed = 0 AND due_at <= 0").ShouldBe(6);
    }

    [Fact]
    public async Task A_place_whose_call_was_not_made_is_free_at_once_and_one_whose_was_after_a_window()
    {
        using var node = await TestNode.JoinAsync(await server.DatabaseAsync());
        await FillAsync(node, chats: 5, perMinute: 120);
        var (uncalled, called) = ((await ClaimAsync(node, most: 1)).Single(), (await ClaimAsync(node, most: 1)).Single());

        await node.Database.WriteAsync(session =>
        {
            OutboxStore.Release(session, uncalled, now: 0, CallEnd.NotMade);
            OutboxStore.Release(session, called, now: 0, new CallEnd(Made: true));
            return true;
        });

        (await ClaimAsync(node)).Single().Place.ShouldBe(uncalled.Place);
        var rest = node.Database.Read(session => SendPlaces.NextFreeLater(session, Channel).Value).ShouldNotBeNull() - node.Database.Clock!.GetUtcNow().ToUnixTimeMilliseconds();
        rest.ShouldBeLessThanOrEqualTo(1002);
    }

    [Fact]
    public async Task The_places_of_a_dead_node_come_back_after_a_window()
    {
        var options = await server.DatabaseAsync();
        using var dead = await TestNode.JoinAsync(options);
        var living = await TestNode.JoinAsync(options);
        using var channel = new ScriptedChannel { Limits = new() { TextLength = 4000, PerMinute = 60 } };
        await using var path = BotPath.Open(living.Database, channel, node: living.Node);
        await FillAsync(dead, chats: 1, perMinute: 60);
        (await ClaimAsync(dead)).Count.ShouldBe(1);
        await path.SaysAsync("chat", "hello");
        path.Running();
        await BotPath.UntilAsync(() => path.Replies(OutboxState.Waiting).Count == 1);

        dead.FallSilent();

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
    }

    [Fact]
    public async Task The_limit_of_the_node_that_started_last_holds_for_all()
    {
        using var node = await TestNode.JoinAsync(await server.DatabaseAsync());
        await FillAsync(node, chats: 100, perMinute: 1800);
        await PrepareAsync(600);
        (await ClaimAsync(node, most: 100)).Count.ShouldBe(10);

        await PrepareAsync(1200);
        (await ClaimAsync(node, most: 100)).Count.ShouldBe(10);

        await PrepareAsync(30);
        Ask(node, "SELECT count(*) FROM send_place WHERE rest = 60000").ShouldBe(30);

        Task<bool> PrepareAsync(int perMinute) => node.Database.WriteAsync(session =>
        {
            SendPlaces.Prepare(session, Channel, perMinute);
            return true;
        });
    }

    private static Task<bool> FillAsync(TestNode node, int chats, int perMinute) => node.Database.WriteAsync(session =>
    {
        SendPlaces.Prepare(session, Channel, perMinute);
        for (var i = 0; i < chats; i++) Lanes.Wake(session, QueueName.Out, Channel, $"{i}", now: 0);
        return true;
    });

    private static Task<List<Claim>> ClaimAsync(TestNode node, int most = 10) => node.Database.WriteAsync(
        Turn.Claiming, session => SendPlaces.ClaimDue(session, Channel, most, now: 0, lease: TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds(), node.Node.Id));

    private static long Ask(TestNode node, string sql) => node.Database.Read(session => session.First(sql, r => r.GetInt64(0)));
}

using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.MessagePath;
using OptFm.Server.Tests.Storage;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Nodes;

/// <summary>What becomes of a node's chats when it dies, leaves, or only seems to have died.</summary>
public sealed class NodeTests(PostgresServer server)
{
    private const string Channel = "scripted";

    private static readonly long LongLease = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();

    [Fact]
    public async Task Nodes_know_of_each_other_and_have_ids_of_their_own()
    {
        var options = await server.DatabaseAsync();
        using var one = await TestNode.JoinAsync(options);
        using var other = await TestNode.JoinAsync(options);

        one.Node.Id.ShouldNotBe(other.Node.Id);
        await BotPath.UntilAsync(() => one.Node.Living == 2 && other.Node.Living == 2);

        await other.Node.LeaveAsync();
        other.Node.IsSure.ShouldBeFalse();
        await BotPath.UntilAsync(() => one.Node.Living == 1);
    }

    [Fact]
    public async Task The_chats_of_a_dead_node_are_answered_by_the_living_long_before_its_leases_end()
    {
        var options = await server.DatabaseAsync();
        using var dead = await TestNode.JoinAsync(options);
        var living = await TestNode.JoinAsync(options);
        await using var path = BotPath.Open(living.Database, node: living.Node);
        await path.SaysAsync("handled", "one");
        await path.Database.WriteAsync(session => Claims(session, QueueName.In, dead));
        await path.Database.WriteAsync(session =>
        {
            OutboxStore.Add(session, Channel, "sending", null, OutboxJson.Write(new(OutboundKind.Message, "sending", "two")), LongLease - 3_600_000);
            return true;
        });
        (await path.Database.WriteAsync(session => OutboxStore.Claim(session, Channel, 10, LongLease - 3_600_000, LongLease, dead.Node.Id))).Count.ShouldBe(1);
        path.Running();

        dead.FallSilent();

        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 2);
        await BotPath.UntilAsync(() => path.Replies(OutboxState.Sent).Count == 2);
        path.Replies().Single(reply => reply.Chat == "sending").Unknowns.ShouldBe(1, "whether the dead node's call was heard nobody knows");
        path.Replies().Single(reply => reply.Chat == "handled").Unknowns.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_leaving_node_holds_is_free_at_once()
    {
        var options = await server.DatabaseAsync();
        using var leaving = await TestNode.JoinAsync(options);
        await leaving.Database.WriteAsync(session =>
        {
            Lanes.Wake(session, QueueName.In, Channel, "chat", now: 0);
            return true;
        });
        await leaving.Database.WriteAsync(session => Claims(session, QueueName.In, leaving));

        await leaving.Node.LeaveAsync();

        leaving.Database.Read(session => Lanes.NextDue(session, QueueName.In, Channel)).ShouldNotBeNull().ShouldBeLessThan(LongLease);
        leaving.Database.Read(session => session.First("SELECT count(*) FROM node", r => r.GetInt64(0))).ShouldBe(0);
    }

    [Fact]
    public async Task A_node_that_was_taken_for_dead_commits_nothing_of_what_it_held_and_goes_on_under_another_id()
    {
        var options = await server.DatabaseAsync();
        using var zombie = await TestNode.JoinAsync(options);
        using var living = await TestNode.JoinAsync(options);
        await zombie.Database.WriteAsync(session =>
        {
            Lanes.Wake(session, QueueName.In, Channel, "chat", now: 0);
            return true;
        });
        var claim = (await zombie.Database.WriteAsync(session => Claims(session, QueueName.In, zombie))).Single();
        zombie.Node.Holds(claim).ShouldBeTrue();

        zombie.FallSilent();
        await BotPath.UntilAsync(() => living.Node.Living == 1 && NodeCount(living.Database) == 1);

        zombie.Node.IsSure.ShouldBeFalse();
        zombie.Node.Holds(claim).ShouldBeFalse();
        await Should.ThrowAsync<LaneLostException>(zombie.Database.WriteAsync(session =>
        {
            InboxQueue.Release(session, claim, now: 5);
            return true;
        }));
        zombie.WakeUp();
        await BotPath.UntilAsync(() => zombie.Node.IsSure && living.Node.Living == 2);
        zombie.Node.Holds(claim).ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_past_its_lease_that_nobody_has_buried_keeps_what_it_holds()
    {
        using var late = await TestNode.JoinAsync(await server.DatabaseAsync());
        await late.Database.WriteAsync(session =>
        {
            Lanes.Wake(session, QueueName.In, Channel, "chat", now: 0);
            return true;
        });
        var claim = (await late.Database.WriteAsync(session => Claims(session, QueueName.In, late))).Single();

        late.FallSilent();
        await BotPath.UntilAsync(() => !late.Node.IsSure);
        late.Node.Holds(claim).ShouldBeFalse("it must not call anybody while it does not know");
        late.WakeUp();

        await BotPath.UntilAsync(() => late.Node.IsSure);
        late.Node.Holds(claim).ShouldBeTrue();
    }

    [Fact]
    public async Task A_node_past_its_lease_calls_no_messenger_and_what_it_claimed_is_sent_when_it_is_sure_again()
    {
        var node = await TestNode.JoinAsync(await server.DatabaseAsync());
        await using var path = BotPath.Open(node.Database, node: node.Node);
        node.FallSilent();
        await BotPath.UntilAsync(() => !node.Node.IsSure);
        path.Running();

        await path.SaysAsync("chat", "hello");
        await BotPath.UntilAsync(() => path.Replies(OutboxState.Waiting).Count == 1);
        path.Channel.Calls.ShouldBe(0);

        node.WakeUp();
        await path.Channel.UntilAsync(() => path.Channel.Sent.Count == 1);
        path.Replies().Single().Unknowns.ShouldBe(0);
    }

    private static List<Claim> Claims(Server.Storage.Session session, string queue, TestNode node) =>
        Lanes.ClaimDue(session, queue, Channel, 10, now: LongLease - 3_600_000, LongLease, node.Node.Id);

    private static long NodeCount(PostgresDatabase database) => database.Read(session => session.First("SELECT count(*) FROM node", r => r.GetInt64(0)));
}

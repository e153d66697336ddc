using System.Diagnostics;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Nodes;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;

namespace OptFm.Server.Inbox;

/// <summary>Handles one channel's updates: each chat's in the order in which they were stored, chats side by side.</summary>
public sealed class InboxWorker(
    IChannel channel, Database database, HandleMessage handle, RetrySchedule schedule, AckPressure pressure, TimeProvider clock, ILogger log) : IDisposable
{
    private const int MostUnderWay = 64;
    private const int MostFromOneLane = 16;
    private const int MostAttempts = 3;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    private readonly ClaimLoop _loop = new($"{channel.Name} inbox", MostUnderWay, pressure, clock, log);

    /// <summary>Called when replies were added to the outbox.</summary>
    public Action? Replied { get; init; }

    /// <summary>Called with each message before it is handled, for the log.</summary>
    public Action<InboundMessage>? Handling { get; init; }

    public BotTelemetry? Telemetry { get; init; }

    public Node Node { get; init; } = Node.Alone;

    public bool Running => _loop.Running;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Wake() => _loop.Wake();

    public Task RunAsync(CancellationToken stop) => _loop.RunAsync(ClaimAsync, stop);

    public void Dispose() => _loop.Dispose();

    private async Task<ClaimRound> ClaimAsync(int free)
    {
        var now = Now;
        List<Claim> claims = [];
        try
        {
            var (lanes, next) = await database.WriteAsync(Turn.Claiming, session =>
            {
                claims = Lanes.ClaimDue(session, QueueName.In, channel.Name, free, now, now + (long)Lease.TotalMilliseconds, Node.Id);
                return (Load(session, claims, now), Lanes.NextDueLater(session, QueueName.In, channel.Name));
            });
            return new([.. lanes.Select(lane => (Func<Task>)(() => HandleLaneAsync(lane)))], next.Value);
        }
        catch (StoreException)
        {
            // Where the connection was lost during the commit the lanes may be ours without our knowing.
            foreach (var claim in claims) _ = Task.Run(() => GiveBackAsync(claim), CancellationToken.None);
            throw;
        }
    }

    private static List<ClaimedLane> Load(Session session, List<Claim> claims, long now) =>
    [
        .. claims.Select(claim => new ClaimedLane(
            claim, InboxQueue.Pending(session, claim, MostFromOneLane), ConversationStore.LoadLater(session, claim.Channel, claim.Chat, now))),
    ];

    private async Task HandleLaneAsync(ClaimedLane lane)
    {
        try
        {
            var (updates, conversation) = (lane.Updates.Value, lane.Conversation.Value ?? new Conversation(lane.Claim.Channel, lane.Claim.Chat));
            if (updates.Count == 0) await database.WriteAsync(TurnOf(lane.Claim), session => Release(session, lane.Claim));
            for (var i = 0; i < updates.Count; i++)
            {
                var next = await HandleOneAsync(lane, updates[i], conversation, last: i == updates.Count - 1);
                if (next is null) return;
                conversation = next;
            }
        }
        catch (LaneLostException e)
        {
            log.LogWarning("{Channel}: {Reason}; nothing of it was written", channel.Name, e.Message);
        }
        catch (StoreException e)
        {
            log.LogError("{Channel}: cannot store what was handled: {Reason}; it will be handled again", channel.Name, e.Message);
            await GiveBackAsync(lane.Claim);
        }
    }

    /// <returns>The conversation afterwards, or null when the lane has to wait for another attempt.</returns>
    private async Task<Conversation?> HandleOneAsync(ClaimedLane lane, PendingUpdate update, Conversation conversation, bool last)
    {
        using var span = Telemetry?.Traces.Continue("answer", ActivityKind.Consumer, channel.Name, update.Trace);
        var message = channel.Read(update.Body)?.Message;
        if (message is null)
        {
            var skipped = new Handled("skipped", [], conversation);
            return await CommitAsync(lane, update, conversation, skipped, InboxState.Skipped, "there is nothing to answer in it", last);
        }

        Handling?.Invoke(message);
        try
        {
            var handled = handle.Handle(message, conversation);
            span?.SetTag("optfm.step", handled.Step);
            var next = await CommitAsync(lane, update, conversation, handled, InboxState.Done, handled.Step, last);
            Telemetry?.Meter.Answered(channel.Name, message, handled.Step);
            return next;
        }
        catch (Exception e) when (e is not (StoreException or LaneLostException))
        {
            log.LogError(e, "{Channel}: update {Id}, attempt {Attempt}, met a defect", channel.Name, update.Id, update.Attempts + 1);
            var reason = $"a defect: {e.GetType().Name}";
            span?.SetStatus(ActivityStatusCode.Error, reason);
            Telemetry?.Meter.AnswerFailed(channel.Name);
            if (update.Attempts + 1 < MostAttempts) return await TryLaterAsync(lane, update, reason);

            return await CommitAsync(lane, update, conversation, handle.Apologise(message, conversation), InboxState.Failed, reason, last);
        }
    }

    private async Task<Conversation> CommitAsync(
        ClaimedLane lane, PendingUpdate update, Conversation before, Handled handled, InboxState state, string reason, bool last)
    {
        var (now, trace) = (Now, Telemetry?.Traces.Current);
        var replies = handled.Replies.Select(reply => (reply.Chat, Json: OutboxJson.Write(reply))).ToList();
        await database.WriteAsync(TurnOf(lane.Claim), session =>
        {
            if (!last) Lanes.CheckFence(session, lane.Claim);
            InboxQueue.Finish(session, update.Id, state, reason, now);
            // A topic is as old as the chat's last message, so that too is written.
            if (handled.Next != before || handled.Next.Topic is not null) ConversationStore.Save(session, handled.Next, now);
            if (handled.Next.Blocked) OutboxStore.BuryChat(session, channel.Name, handled.Next.Chat, "the customer stopped the bot", now);
            foreach (var (chat, json) in replies) OutboxStore.Add(session, channel.Name, chat, update.Id, json, now, update.ReceivedAt, trace);
            if (last) InboxQueue.Release(session, lane.Claim, now);
            return true;
        });
        if (replies.Count > 0) Replied?.Invoke();
        return handled.Next;
    }

    private async Task<Conversation?> TryLaterAsync(ClaimedLane lane, PendingUpdate update, string reason)
    {
        var due = Now + (long)schedule.DelayAfter(update.Attempts + 1).TotalMilliseconds;
        await database.WriteAsync(TurnOf(lane.Claim), session =>
        {
            InboxQueue.CountAttempt(session, update.Id, reason);
            Lanes.Release(session, lane.Claim, due);
            return true;
        });
        return null;
    }

    /// <summary>As soon as the store works again: the lease would keep the chat waiting for a minute.</summary>
    private async Task GiveBackAsync(Claim claim)
    {
        for (var until = Now + (long)Lease.TotalMilliseconds; Now < until;)
        {
            await Task.Delay(BetweenTries, clock, CancellationToken.None);
            try
            {
                await database.WriteAsync(TurnOf(claim), session => Release(session, claim));
                return;
            }
            catch (StoreException)
            {
                // Still not.
            }
            catch (LaneLostException)
            {
                return;
            }
        }
    }

    private static Turn TurnOf(Claim claim) => Turn.Of(claim.Channel, claim.Chat);

    private bool Release(Session session, Claim claim)
    {
        InboxQueue.Release(session, claim, Now);
        return true;
    }

    private sealed record ClaimedLane(Claim Claim, Later<List<PendingUpdate>> Updates, Later<Conversation?> Conversation);
}

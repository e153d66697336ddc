using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;

namespace OptFm.Server.Tests.Queue;

internal sealed class ModelUpdate
{
    public required string Key { get; init; }

    public required string Chat { get; init; }

    public required InboxState State { get; set; }

    public int Attempts { get; set; }
}

internal sealed class ModelReply
{
    public required string Chat { get; set; }

    public OutboxState State { get; set; }

    public int Attempts { get; set; }

    public int Unknowns { get; set; }

    public bool Waits => State is OutboxState.Waiting or OutboxState.Sending;
}

internal sealed class ModelLane
{
    public long? Due { get; set; }

    public bool Claimed { get; set; }

    public long Fence { get; set; }

    public long FreeAt { get; set; }
}

/// <summary>
/// The queue as docs/queue-states.md draws it, in memory and one transaction after another: what any database must come to as well.
/// Updates and replies are listed in the order in which they were stored.
/// </summary>
internal sealed class QueueModel
{
    public List<ModelUpdate> Inbox { get; } = [];

    public List<ModelReply> Outbox { get; } = [];

    public SortedDictionary<(string Queue, string Chat), ModelLane> Lanes { get; } = [];

    public bool Store(string chat, string key, bool skipped, long now)
    {
        var fresh = Inbox.TrueForAll(update => update.Key != key);
        if (fresh) Inbox.Add(new() { Key = key, Chat = chat, State = skipped ? InboxState.Skipped : InboxState.Pending });
        if (!skipped) Wake(QueueName.In, chat, now);
        return fresh;
    }

    /// <returns>The chats whose lanes are due.</returns>
    public List<string> DueIn(string queue, long now) =>
        [.. Lanes.Where(lane => lane.Key.Queue == queue && lane.Value.Due <= now).OrderBy(lane => lane.Value.Due).Select(lane => lane.Key.Chat)];

    public long Claim(string queue, string chat, long lease)
    {
        var lane = Lanes[(queue, chat)];
        (lane.Claimed, lane.Due) = (true, lease);
        return ++lane.Fence;
    }

    public bool Holds(Claim claim) => Lanes[(claim.Queue, claim.Chat)] is { Claimed: true } lane && lane.Fence == claim.Fence;

    public List<ModelUpdate> Pending(string chat) => Inbox.FindAll(update => update.Chat == chat && update.State == InboxState.Pending);

    /// <summary>Marks the chat's first reply as being sent.</summary>
    public ModelReply? Mark(string chat)
    {
        if (Outbox.Find(reply => reply.Chat == chat && reply.Waits) is not { } first) return null;
        if (first.State == OutboxState.Sending) first.Unknowns++;
        first.State = OutboxState.Sending;
        first.Attempts++;
        return first;
    }

    public void Reply(string chat, long now)
    {
        Outbox.Add(new() { Chat = chat });
        Wake(QueueName.Out, chat, now);
    }

    public void BuryChat(string chat)
    {
        foreach (var reply in Outbox.Where(reply => reply.Chat == chat && reply.Waits)) reply.State = OutboxState.Buried;
    }

    public void Move(string from, string to, long now)
    {
        foreach (var reply in Outbox.Where(reply => reply.Chat == from && reply.Waits)) (reply.Chat, reply.State) = (to, OutboxState.Waiting);
        Wake(QueueName.Out, to, now);
    }

    /// <param name="due">When it may be claimed again; without, at once if something waits in it.</param>
    public void Release(Claim claim, long now, long freeAt = 0, long? due = null)
    {
        var lane = Lanes[(claim.Queue, claim.Chat)];
        var waits = claim.Queue == QueueName.In ? Pending(claim.Chat).Count > 0 : Outbox.Exists(reply => reply.Chat == claim.Chat && reply.Waits);
        lane.Claimed = false;
        lane.FreeAt = Math.Max(lane.FreeAt, freeAt);
        if (due is { } later) lane.Due = Math.Max(later, freeAt);
        else lane.Due = waits ? Math.Max(now, freeAt) : null;
    }

    public void Wake(string queue, string chat, long now)
    {
        // Beyond every fence that an earlier lane of the chat had, should retention have deleted it.
        if (!Lanes.TryGetValue((queue, chat), out var lane)) Lanes.Add((queue, chat), lane = new() { Due = now, Fence = now });
        lane.Due ??= Math.Max(now, lane.FreeAt);
    }

    public void Hurry(string queue, string chat, long now)
    {
        Wake(queue, chat, now);
        var lane = Lanes[(queue, chat)];
        if (!lane.Claimed) lane.Due = Math.Max(now, lane.FreeAt);
    }

    /// <summary>All of it, a line each, as <see cref="QueueStore.Dump"/> writes the database.</summary>
    public string Dump() => string.Join('\n',
    [
        .. Lanes.Select(lane => $"lane {lane.Key.Queue} {lane.Key.Chat} due {lane.Value.Due} claimed {lane.Value.Claimed} fence {lane.Value.Fence} free {lane.Value.FreeAt}"),
        .. Inbox.Select(update => $"update {update.Key} {update.Chat} {update.State} {update.Attempts}"),
        .. Outbox.Select(reply => $"reply {reply.Chat} {reply.State} {reply.Attempts} {reply.Unknowns}"),
    ]);

    /// <summary>Whether whatever waits will be found: its lane is due some day.</summary>
    public bool NothingIsForgotten() =>
        Inbox.Where(update => update.State == InboxState.Pending).All(update => Lanes[(QueueName.In, update.Chat)].Due is not null)
        && Outbox.Where(reply => reply.Waits).All(reply => Lanes[(QueueName.Out, reply.Chat)].Due is not null);
}

using System.Globalization;
using System.Text;
using OptFm.Server.Channels;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Queue;

/// <summary>The queue's transactions on a real database, as the workers and the administrator run them. A channel of its own keeps each story apart.</summary>
/// <param name="databases">The nodes'; on SQLite there is one.</param>
internal sealed class QueueStore(IReadOnlyList<Database> databases, string channel)
{
    private Database Any => databases[0];

    public Task<bool> StoreAsync(int node, string chat, string key, bool skipped, long now)
    {
        var message = skipped ? null : new InboundMessage(InboundKind.Text, chat, key);
        var update = new Update(key, "message", chat) { Message = message };
        return new InboxStore(Of(node), new SetClock(now)).StoreAsync(channel, update, Encoding.UTF8.GetBytes(key));
    }

    public Task<List<(Claim Claim, Later<List<PendingUpdate>> Updates)>> ClaimInboxAsync(int node, int most, long now, long lease) =>
        Of(node).WriteAsync(Turn.Claiming, session => Lanes.ClaimDue(session, QueueName.In, channel, most, now, lease)
            .ConvertAll(claim => (claim, InboxQueue.Pending(session, claim, 16))));

    public Task<List<(Claim Claim, Later<ClaimedReply?> Reply)>> ClaimOutboxAsync(int node, int most, long now, long lease) =>
        Of(node).WriteAsync(Turn.Claiming, session => OutboxStore.Claim(session, channel, most, now, lease));

    public Task FinishAsync(int node, Claim claim, PendingUpdate update, int replies, bool last, long now) => WriteAsync(node, claim, session =>
    {
        if (!last) Lanes.CheckFence(session, claim);
        InboxQueue.Finish(session, update.Id, InboxState.Done, "handled", now);
        for (var i = 0; i < replies; i++) OutboxStore.Add(session, channel, claim.Chat, update.Id, "{}", now);
        if (last) InboxQueue.Release(session, claim, now);
    });

    public Task TryLaterAsync(int node, Claim claim, PendingUpdate update, long due) => WriteAsync(node, claim, session =>
    {
        InboxQueue.CountAttempt(session, update.Id, "a defect");
        Lanes.Release(session, claim, due);
    });

    public Task ReleaseInboxAsync(int node, Claim claim, long now) => WriteAsync(node, claim, session => InboxQueue.Release(session, claim, now));

    /// <param name="fate">What to write about the reply before the lane is given back.</param>
    public Task SettleAsync(int node, Claim claim, Action<Session> fate, long now, long freeAt = 0, long? retryAt = null) => WriteAsync(node, claim, session =>
    {
        fate(session);
        OutboxStore.Release(session, claim, now, new CallEnd(Made: true, freeAt), retryAt);
    });

    public Task GiveBackAsync(int node, Claim claim, long now) => WriteAsync(node, claim, session => OutboxStore.GiveBack(session, claim, now));

    public Task<bool> ReplayAsync(int place, long now) => Any.WriteAsync(session => InboxDesk.Replay(session, Id(session, "inbox", place), now));

    public Task<bool> RetryAsync(int place, long now) => Any.WriteAsync(session => OutboxDesk.Retry(session, Id(session, "outbox", place), now));

    /// <summary>The keys of a chat's updates in the order in which they were stored.</summary>
    public List<string> Keys(string chat) => Any.Read(session => session.All(
        "SELECT key FROM inbox WHERE channel = @channel AND chat = @chat ORDER BY id", r => r.GetString(0), ("@channel", channel), ("@chat", chat)));

    /// <summary>All of it, a line each.</summary>
    public string Dump() => Any.Read(session => string.Join('\n',
    [
        .. session.All(
            "SELECT queue, chat, due_at, claimed, fence, free_at FROM lane WHERE channel = @channel ORDER BY queue, chat",
            r => $"lane {r.GetString(0)} {r.GetString(1)} due {Number(r, 2)} claimed {r.GetInt64(3) != 0} fence {Number(r, 4)} free {Number(r, 5)}",
            ("@channel", channel)),
        .. session.All(
            "SELECT key, chat, state, attempts FROM inbox WHERE channel = @channel ORDER BY id",
            r => $"update {r.GetString(0)} {r.GetString(1)} {(InboxState)r.GetInt32(2)} {Number(r, 3)}",
            ("@channel", channel)),
        .. session.All(
            "SELECT chat, state, attempts, unknowns FROM outbox WHERE channel = @channel ORDER BY id",
            r => $"reply {r.GetString(0)} {(OutboxState)r.GetInt32(1)} {Number(r, 2)} {Number(r, 3)}",
            ("@channel", channel)),
    ]));

    private static string Number(System.Data.Common.DbDataReader r, int column) =>
        r.IsDBNull(column) ? "" : r.GetInt64(column).ToString(CultureInfo.InvariantCulture);

    private Database Of(int node) => databases[node % databases.Count];

    private Task<bool> WriteAsync(int node, Claim claim, Action<Session> work) => Of(node).WriteAsync(Turn.Of(channel, claim.Chat), session =>
    {
        work(session);
        return true;
    });

    private long Id(Session session, string table, int place) => session.First(
        $"SELECT id FROM {table} WHERE channel = @channel ORDER BY id LIMIT 1 OFFSET @place", r => r.GetInt64(0), ("@channel", channel), ("@place", place));

    private sealed class SetClock(long now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(now);
    }
}

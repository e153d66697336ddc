using System.Collections.Concurrent;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;

namespace OptFm.Server.Tests.Queue;

/// <summary>
/// Workers at the same queue at the same time, on as many threads and connections. Nobody can say what each step comes to;
/// what they come to together is known all the same.
/// </summary>
internal sealed class QueueRace(QueueStore store)
{
    private const long Lease = 10_000;

    private readonly ConcurrentBag<(Claim Claim, int Turn, string Update)> _handled = [];
    private readonly ConcurrentBag<long> _ended = [];
    private readonly ConcurrentDictionary<string, string> _stored = [];
    private long _now = 1_000_000;
    private int _replies;

    private long Now => Interlocked.Read(ref _now);

    public async Task RunAsync(Step[] steps)
    {
        await Task.WhenAll(Enumerable.Range(0, Steps.Workers).Select(worker => Task.Run(() => WorkAsync(worker, [.. steps.Where(step => step.Worker == worker)]))));
        await DrainAsync();

        _handled.Select(one => one.Update).Order().ShouldBe(_stored.Keys.Order(), "each update is handled once");
        _ended.ShouldBeUnique("each reply has one end");
        _ended.Count.ShouldBe(_replies, "each reply has an end");
        foreach (var chat in _handled.GroupBy(one => one.Claim.Chat))
        {
            var order = chat.OrderBy(one => one.Claim.Fence).ThenBy(one => one.Turn).Select(one => one.Update);
            order.ShouldBe(store.Keys(chat.Key), $"{chat.Key} is handled in the order in which it was stored");
        }
    }

    /// <summary>Every worker stores under keys of its own, so that all of them are fresh.</summary>
    private async Task WorkAsync(int worker, Step[] steps)
    {
        List<(Claim Claim, List<PendingUpdate> Updates)> inbox = [];
        List<(Claim Claim, ClaimedReply? Reply)> outbox = [];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            switch (step.Act)
            {
                case Act.Store:
                    var (key, chat) = ($"{worker}-{i}", $"chat {step.Number % 4}");
                    _stored[key] = chat;
                    await store.StoreAsync(worker, chat, key, skipped: false, Now);
                    break;
                case Act.ClaimInbox:
                    inbox.AddRange((await store.ClaimInboxAsync(worker, 1 + step.Number % 3, Now, Now + Lease)).ConvertAll(claimed => (claimed.Claim, claimed.Updates.Value)));
                    break;
                case Act.ClaimOutbox:
                    outbox.AddRange((await store.ClaimOutboxAsync(worker, 1 + step.Number % 3, Now, Now + Lease)).ConvertAll(claimed => (claimed.Claim, claimed.Reply.Value)));
                    break;
                case Act.Handle when inbox.Count > 0:
                    await HandleAllAsync(worker, inbox[0], step.Number % 3);
                    inbox.RemoveAt(0);
                    break;
                case Act.Die:
                    inbox.Clear();
                    outbox.Clear();
                    break;
                case Act.Wait:
                    Interlocked.Add(ref _now, step.Number < 700 ? 500 : Lease + 1);
                    break;
                case Act.Send or Act.SendLater or Act.SendUnknown or Act.Bury when outbox.Count > 0:
                    await SettleAsync(worker, outbox[0], step);
                    outbox.RemoveAt(0);
                    break;
            }
        }
    }

    private async Task HandleAllAsync(int worker, (Claim Claim, List<PendingUpdate> Updates) hand, int replies)
    {
        if (hand.Updates.Count == 0) await HeldAsync(store.ReleaseInboxAsync(worker, hand.Claim, Now));
        for (var turn = 0; turn < hand.Updates.Count; turn++)
        {
            var update = hand.Updates[turn];
            if (!await HeldAsync(store.FinishAsync(worker, hand.Claim, update, replies, last: turn == hand.Updates.Count - 1, Now))) return;

            _handled.Add((hand.Claim, turn, System.Text.Encoding.UTF8.GetString(update.Body)));
            Interlocked.Add(ref _replies, replies);
        }
    }

    private async Task SettleAsync(int worker, (Claim Claim, ClaimedReply? Reply) hand, Step step)
    {
        var now = Now;
        var fate = hand.Reply is null ? Fate.Nothing : Fate.Of(step, hand.Reply, new ModelReply { Chat = hand.Claim.Chat }, hand.Claim.Chat, now);
        var held = await HeldAsync(store.SettleAsync(worker, hand.Claim, fate.Write, now, fate.FreeAt, fate.RetryAt));
        if (held && hand.Reply is not null && step.Act is Act.Send or Act.Bury) _ended.Add(hand.Reply!.Id);
    }

    /// <summary>One worker alone takes up whatever the others left, once their leases have run out.</summary>
    private async Task DrainAsync()
    {
        for (var idle = 0; idle < 2;)
        {
            Interlocked.Add(ref _now, Lease + 1);
            var inbox = await store.ClaimInboxAsync(0, 10, Now, Now + Lease);
            foreach (var (claim, updates) in inbox) await HandleAllAsync(0, (claim, updates.Value), replies: 1);
            var outbox = await store.ClaimOutboxAsync(0, 10, Now, Now + Lease);
            foreach (var (claim, reply) in outbox) await SettleAsync(0, (claim, reply.Value), new(Act.Send, 0, 0));
            idle = inbox.Count + outbox.Count == 0 ? idle + 1 : 0;
        }
    }

    private static async Task<bool> HeldAsync(Task writing)
    {
        try
        {
            await writing;
            return true;
        }
        catch (LaneLostException)
        {
            return false;
        }
    }
}

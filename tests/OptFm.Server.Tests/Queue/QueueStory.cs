using System.Text;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;

namespace OptFm.Server.Tests.Queue;

/// <summary>
/// Does each step to the database and to the model, and compares everything after each. Workers hold their claims across the steps of others,
/// for longer than their leases too, so every order of their transactions can come up.
/// </summary>
internal sealed class QueueStory(QueueStore store)
{
    private const long Lease = 10_000;
    private const int Chats = 4;

    private readonly QueueModel _model = new();
    private readonly List<InboxHand>[] _inbox = [.. Enumerable.Range(0, Steps.Workers).Select(_ => new List<InboxHand>())];
    private readonly List<OutboxHand>[] _outbox = [.. Enumerable.Range(0, Steps.Workers).Select(_ => new List<OutboxHand>())];
    private long _now = 1_000_000;

    public async Task TellAsync(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            await DoAsync(step);
            store.Dump().ShouldBe(_model.Dump(), $"after {step}");
            _model.NothingIsForgotten().ShouldBeTrue($"after {step} something waits that nobody will find");
        }
    }

    private Task DoAsync(Step step) => step.Act switch
    {
        Act.Store => StoreAsync(step),
        Act.ClaimInbox => ClaimInboxAsync(step),
        Act.Handle => HandleAsync(step),
        Act.HandleLater => HandleLaterAsync(step),
        Act.ClaimOutbox => ClaimOutboxAsync(step),
        Act.Replay => ReplayAsync(step.Number),
        Act.Retry => RetryAsync(step.Number),
        Act.Die => DieAsync(step.Worker),
        Act.Wait => WaitAsync(step.Number),
        _ => SettleAsync(step),
    };

    private static string Chat(int number) => $"chat {number % Chats}";

    private async Task StoreAsync(Step step)
    {
        // Few enough keys for the messenger to repeat itself now and then; a key always belongs to the same chat.
        var (key, chat, skipped) = ($"key {step.Number % 30:00}", Chat(step.Number % 30), step.Number % 30 == 7);
        (await store.StoreAsync(step.Worker, chat, key, skipped, _now)).ShouldBe(_model.Store(chat, key, skipped, _now));
    }

    private async Task ClaimInboxAsync(Step step)
    {
        var (most, due) = (1 + step.Number % 3, _model.DueIn(QueueName.In, _now));
        var claims = await store.ClaimInboxAsync(step.Worker, most, _now, _now + Lease);
        Check([.. claims.Select(claimed => claimed.Claim)], QueueName.In, due, most);
        foreach (var (claim, updates) in claims)
        {
            claim.Fence.ShouldBe(_model.Claim(QueueName.In, claim.Chat, _now + Lease));
            var waiting = _model.Pending(claim.Chat);
            updates.Value.ConvertAll(update => Encoding.UTF8.GetString(update.Body)).ShouldBe(waiting.ConvertAll(update => update.Key));
            _inbox[step.Worker].Add(new(claim, [.. updates.Value.Zip(waiting)]));
        }
    }

    private async Task ClaimOutboxAsync(Step step)
    {
        var (most, due) = (1 + step.Number % 3, _model.DueIn(QueueName.Out, _now));
        var claims = await store.ClaimOutboxAsync(step.Worker, most, _now, _now + Lease);
        Check([.. claims.Select(claimed => claimed.Claim)], QueueName.Out, due, most);
        foreach (var (claim, reply) in claims)
        {
            claim.Fence.ShouldBe(_model.Claim(QueueName.Out, claim.Chat, _now + Lease));
            var marked = _model.Mark(claim.Chat);
            (reply.Value is null).ShouldBe(marked is null);
            _outbox[step.Worker].Add(new(claim, reply.Value, marked));
        }
    }

    /// <summary>As many as were due, and none that waited less than one that was passed over. Which of two equals comes first is left open.</summary>
    private void Check(List<Claim> claims, string queue, List<string> due, int most)
    {
        claims.Count.ShouldBe(Math.Min(most, due.Count));
        var chats = claims.ConvertAll(claim => claim.Chat);
        chats.ShouldBeSubsetOf(due);
        chats.Select(Due).Order().ShouldBe(due.Select(Due).Take(chats.Count));

        long Due(string chat) => _model.Lanes[(queue, chat)].Due!.Value;
    }

    private async Task HandleAsync(Step step)
    {
        if (Take(_inbox[step.Worker]) is not { } hand) return;

        var (claim, replies) = (hand.Claim, step.Number % 3);
        if (hand.Updates.Count == 0)
        {
            if (await HeldAsync(claim, store.ReleaseInboxAsync(step.Worker, claim, _now))) _model.Release(claim, _now);
            return;
        }

        var ((update, model), last) = (hand.Updates[0], hand.Updates.Count == 1);
        if (!await HeldAsync(claim, store.FinishAsync(step.Worker, claim, update, replies, last, _now))) return;

        model.State = InboxState.Done;
        for (var i = 0; i < replies; i++) _model.Reply(claim.Chat, _now);
        if (last) _model.Release(claim, _now);
        else _inbox[step.Worker].Add(hand with { Updates = hand.Updates[1..] });
    }

    private async Task HandleLaterAsync(Step step)
    {
        if (Take(_inbox[step.Worker]) is not { Updates.Count: > 0 } hand) return;

        var ((update, model), due) = (hand.Updates[0], _now + step.Number);
        if (!await HeldAsync(hand.Claim, store.TryLaterAsync(step.Worker, hand.Claim, update, due))) return;

        model.Attempts++;
        _model.Release(hand.Claim, _now, due: due);
    }

    private async Task SettleAsync(Step step)
    {
        if (Take(_outbox[step.Worker]) is not { } hand) return;

        var fate = hand.Reply is null ? Fate.Nothing : Fate.Of(step, hand.Reply, hand.Model!, Chat(step.Number), _now);
        var settling = fate.GivesBack
            ? store.GiveBackAsync(step.Worker, hand.Claim, _now)
            : store.SettleAsync(step.Worker, hand.Claim, fate.Write, _now, fate.FreeAt, fate.RetryAt);
        if (!await HeldAsync(hand.Claim, settling)) return;

        fate.Model(_model);
        _model.Release(hand.Claim, _now, fate.FreeAt, fate.RetryAt);
    }

    private async Task ReplayAsync(int number)
    {
        if (_model.Inbox.Count == 0) return;

        var place = number % _model.Inbox.Count;
        (await store.ReplayAsync(place, _now)).ShouldBeTrue();
        var update = _model.Inbox[place];
        (update.State, update.Attempts) = (InboxState.Pending, 0);
        _model.Hurry(QueueName.In, update.Chat, _now);
    }

    private async Task RetryAsync(int number)
    {
        if (_model.Outbox.Count == 0) return;

        var place = number % _model.Outbox.Count;
        var reply = _model.Outbox[place];
        var may = reply.State is OutboxState.Waiting or OutboxState.Buried;
        (await store.RetryAsync(place, _now)).ShouldBe(may);
        if (!may) return;

        (reply.State, reply.Attempts, reply.Unknowns) = (OutboxState.Waiting, 0, 0);
        _model.Hurry(QueueName.Out, reply.Chat, _now);
    }

    private Task DieAsync(int worker)
    {
        _inbox[worker].Clear();
        _outbox[worker].Clear();
        return Task.CompletedTask;
    }

    private Task WaitAsync(int number)
    {
        _now += number < 300 ? 1 : number < 700 ? 500 : Lease + 1;
        return Task.CompletedTask;
    }

    /// <summary>Who holds the lane writes; who lost it writes nothing, and is told.</summary>
    private async Task<bool> HeldAsync(Claim claim, Task writing)
    {
        if (_model.Holds(claim))
        {
            await writing;
            return true;
        }

        await Should.ThrowAsync<LaneLostException>(writing);
        return false;
    }

    private static T? Take<T>(List<T> hands)
        where T : class
    {
        if (hands.Count == 0) return null;

        var hand = hands[0];
        hands.RemoveAt(0);
        return hand;
    }

    private sealed record InboxHand(Claim Claim, List<(PendingUpdate Update, ModelUpdate Model)> Updates);

    private sealed record OutboxHand(Claim Claim, ClaimedReply? Reply, ModelReply? Model);
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Deliveries;

/// <summary>Brings a bot its updates: to its webhooks while any stands, else into the queue it polls.</summary>
internal sealed class UpdateFeed
{
    private readonly FaultPlan faults;
    private readonly WebhookDelivery delivery;
    private readonly Background background;
    private readonly TimeProvider time;
    private readonly ConcurrentQueue<PendingUpdate> held = new();
    private ImmutableList<Webhook> hooks = [];

    internal UpdateFeed(FaultPlan faults, PollQueue queue, WebhookDelivery delivery, Background background, TimeProvider time)
    {
        (this.faults, Queue, this.delivery, this.background, this.time) = (faults, queue, delivery, background, time);
        delivery.OnExpired = hook => Unsubscribe(other => other == hook);
        delivery.OnOrphan = update => background.Run(_ => AdoptAsync(update));
    }

    internal PollQueue Queue { get; }

    internal IReadOnlyList<Webhook> Webhooks => Volatile.Read(ref hooks);

    internal int Pending => Queue.Count + delivery.Pending + Stranded;

    /// <summary>Updates that are told of and do not exist.</summary>
    internal int Stranded { get; set; }

    /// <summary>Whether an update without a wish of the bot's is sent at all, by type.</summary>
    internal required Func<string, bool> WantedByDefault { get; init; }

    /// <summary>Whether an update outlives the subscription that could not take it.</summary>
    internal required bool KeepsOrphans { get; init; }

    internal void Subscribe(Webhook hook)
    {
        ImmutableInterlocked.Update(ref hooks, all => all.RemoveAll(other => other.Url == hook.Url).Add(hook));
        Queue.Signal();
    }

    internal bool Unsubscribe(Predicate<Webhook> which)
    {
        var gone = Webhooks.Where(hook => which(hook)).ToList();
        ImmutableInterlocked.Update(ref hooks, all => all.RemoveAll(which));
        gone.ForEach(static hook => hook.Remove());
        Queue.Signal();
        return gone.Count > 0;
    }

    /// <summary>Delivers an update with whatever fault is due; completes after the first try.</summary>
    internal async Task<Delivery> PublishAsync(PendingUpdate update)
    {
        var fault = faults.PickForDelivery(update.Chat);
        if (fault?.Kind == FaultKind.DelayDelivery) return DeliverLater(update, fault.Delay);
        if (fault?.Kind == FaultKind.ReorderDelivery) return Hold(update, fault.Delay);

        var result = await DeliverAsync(update, copies: fault?.Kind == FaultKind.DuplicateDelivery ? 2 : 1);
        await ReleaseHeldAsync();
        return result;
    }

    /// <summary>Hands everything queued to the webhooks, in order: what Telegram does when a webhook is set.</summary>
    internal void DrainIntoWebhooks() => background.Run(async _ =>
    {
        foreach (var update in Queue.Drain())
            await PostAsync(new BuiltUpdate(update.Position, update.Type, update.Chat, update.Json), 1);
    });

    internal void Clear()
    {
        Unsubscribe(static _ => true);
        Queue.Clear();
        held.Clear();
    }

    private Delivery DeliverLater(PendingUpdate update, TimeSpan delay)
    {
        background.Run(async stop =>
        {
            await Task.Delay(delay, time, stop);
            await DeliverAsync(update, 1);
        });
        return new Delivery(DeliveryOutcome.Held, null, update.Id);
    }

    private Delivery Hold(PendingUpdate update, TimeSpan longest)
    {
        held.Enqueue(update);
        background.Run(async stop =>
        {
            await Task.Delay(longest, time, stop);
            await ReleaseHeldAsync();
        });
        return new Delivery(DeliveryOutcome.Held, null, update.Id);
    }

    private async Task ReleaseHeldAsync()
    {
        while (held.TryDequeue(out var update)) await DeliverAsync(update, 1);
    }

    private async Task<Delivery> DeliverAsync(PendingUpdate update, int copies)
    {
        if (Webhooks.Count == 0)
        {
            for (var copy = 0; copy < copies; copy++) Queue.Add(update);
            return new Delivery(DeliveryOutcome.Queued, null, update.Id);
        }
        var number = Queue.NextNumber();
        var built = new BuiltUpdate(number, update.Type, update.Chat, update.Build(number));
        var attempts = await PostAsync(built, copies);
        if (attempts.Length == 0) return new Delivery(DeliveryOutcome.NotWanted, null, update.Id);
        return new Delivery(attempts[0].Accepted ? DeliveryOutcome.Accepted : DeliveryOutcome.Failed, attempts[0].Status, update.Id);
    }

    private async Task AdoptAsync(BuiltUpdate update)
    {
        if (!KeepsOrphans) return;
        if (Webhooks.Count > 0) await PostAsync(update, 1);
        else Queue.Return(update);
    }

    private Task<DeliveryAttempt[]> PostAsync(BuiltUpdate update, int copies)
    {
        var wanting = Webhooks.Where(hook => hook.Types?.Contains(update.Type) ?? WantedByDefault(update.Type));
        return Task.WhenAll(wanting.SelectMany(hook => Enumerable.Repeat(hook, copies)).Select(hook => delivery.DeliverAsync(hook, update)));
    }
}

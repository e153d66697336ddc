using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Deliveries;

/// <summary>Delivers updates to webhooks, and again by the messenger's clock where that fails.</summary>
internal sealed class WebhookDelivery(WebhookPost post, DeliveryRules rules, SandboxLog log, Background background, TimeProvider time)
{
    private int pending;

    /// <summary>Called when a subscription failed for so long that it is removed.</summary>
    internal Action<Webhook>? OnExpired { get; set; }

    /// <summary>Called with an update whose subscription went while it waited to be tried again.</summary>
    internal Action<BuiltUpdate>? OnOrphan { get; set; }

    /// <summary>Updates that no try has delivered yet.</summary>
    internal int Pending => Volatile.Read(ref pending);

    /// <summary>Makes the first try; the others follow in the background.</summary>
    internal async Task<DeliveryAttempt> DeliverAsync(Webhook hook, BuiltUpdate update)
    {
        var attempt = await TryAsync(hook, update, 1, background.Stop);
        if (attempt.Accepted)
            log.Deliveries.Add(attempt);
        else
            background.Run(stop => RetryAsync(hook, update, attempt, stop));
        return attempt;
    }

    /// <summary>An attempt is recorded once the timer of the next one is set, so that a test may then move its clock.</summary>
    private async Task RetryAsync(Webhook hook, BuiltUpdate update, DeliveryAttempt attempt, CancellationToken stop)
    {
        Interlocked.Increment(ref pending);
        while (!attempt.Accepted && rules.RetryDelay(attempt.Number) is { } delay)
        {
            var pause = Task.Delay(delay, time, stop);
            log.Deliveries.Add(attempt);
            await await Task.WhenAny(pause, hook.Gone);
            if (hook.Gone.IsCompleted)
            {
                Interlocked.Decrement(ref pending);
                OnOrphan?.Invoke(update);
                return;
            }
            attempt = await TryAsync(hook, update, attempt.Number + 1, stop);
        }
        Interlocked.Decrement(ref pending);
        log.Deliveries.Add(attempt);
    }

    private async Task<DeliveryAttempt> TryAsync(Webhook hook, BuiltUpdate update, int number, CancellationToken stop)
    {
        var attempt = await post.TryAsync(hook, update, number, stop);
        if (attempt.Accepted)
            hook.Succeeded();
        else if (hook.Failed(time.GetUtcNow(), attempt.Error ?? $"Wrong response from the webhook: {attempt.Status}") && rules.RemoveAfter is { } after)
            background.Run(ending => ExpireAsync(hook, after, ending));
        return attempt;
    }

    private async Task ExpireAsync(Webhook hook, TimeSpan after, CancellationToken stop)
    {
        var failingSince = hook.FailingSince;
        await Task.Delay(after, time, stop);
        if (failingSince is not null && hook.FailingSince == failingSince) OnExpired?.Invoke(hook);
    }
}

using OptFm.Server.Channels;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;
using OptFm.Server.Settings;

namespace OptFm.Server.Watchdog;

/// <summary>
/// One look at one messenger's subscription, and what is done about it. Acts only on what the messenger itself answered just now: an outage
/// of its API is no reason to act, and somebody else's subscription is never touched.
/// </summary>
internal sealed class SubscriptionWatch(WatchedMessenger watched, WatchOptions options, TimeProvider time, ILogger log)
{
    private const string EditSettings = "sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm";

    private readonly MessengerJudge _judge = new(watched.About);

    public WatchedMessenger Watched => watched;

    /// <summary>Never throws for what a messenger or a network does.</summary>
    public async Task<WatchState> LookAsync(WatchState before, Deliveries deliveries, CancellationToken stop)
    {
        var info = await watched.Admin.InfoAsync(stop);
        var now = time.GetUtcNow();
        return info.Worked
            ? await JudgeAsync(before with { CheckedAt = now, Unanswered = 0 }, info, deliveries, stop)
            : Unanswered(before with { CheckedAt = now, Unanswered = before.Unanswered + 1 }, info.Problem!, deliveries);
    }

    /// <summary>One call that fails is nothing; what was known of the subscription stays known.</summary>
    private WatchState Unanswered(WatchState state, string problem, Deliveries deliveries)
    {
        var now = state.CheckedAt!.Value;
        List<Finding> findings = state.Unanswered > 1 || _judge.IsOfToken(problem) ? [_judge.Refused(problem, EditSettings)] : [];
        var kept = state.Warnings.Where(warning => warning.Id == watched.About.Webhook.Id || warning.Id == watched.About.Others.Id).ToList();
        var told = state.Told([.. findings, .. DeliveryJudge.Refusals(watched.About, deliveries, now)], now);
        return told with { Warnings = [.. kept, .. told.Warnings] };
    }

    private async Task<WatchState> JudgeAsync(WatchState state, AdminAnswer info, Deliveries deliveries, CancellationToken stop)
    {
        var now = state.CheckedAt!.Value;
        var findings = _judge.Judge(info, watched.Webhook, now).ToList();
        var urls = MessengerJudge.Urls(info);
        state = Counted(state, info) with { Subscription = StateOf(urls) };
        if (state.Subscription == Subscription.Stands) state = await TidyAsync(state with { Repairs = state.Repairs.Held(now) }, urls, stop);
        else if (state.Subscription == Subscription.Gone && await RepairedAsync(state, urls, stop) is { } repaired) (state, findings) = (repaired, [.. repaired.Subscription == Subscription.Stands ? [] : findings]);

        if (Quarrel(state) is { } quarrel) findings.Add(quarrel);
        findings = DeliveryJudge.Weighed(watched.About, findings, info, state, deliveries);
        findings.AddRange(DeliveryJudge.Refusals(watched.About, deliveries, now));
        return state.Told(findings, now);
    }

    private Subscription StateOf(IReadOnlyList<string> urls)
    {
        if (watched.Webhook is not { } ours) return urls.Count == 0 ? Subscription.Polling : Subscription.Excluded;
        return urls.Any(known => WebhookUrls.IsCurrent(known, ours)) ? Subscription.Stands : Subscription.Gone;
    }

    private static WatchState Counted(WatchState state, AdminAnswer info)
    {
        if (info.Told.ValueKind != System.Text.Json.JsonValueKind.Object) return state;

        var pending = MessengerJudge.Pending(info);
        return state with { Pending = pending, Growing = pending > (state.Pending ?? long.MaxValue) ? state.Growing + 1 : 0 };
    }

    /// <returns>Null when nothing was done.</returns>
    private async Task<WatchState?> RepairedAsync(WatchState state, IReadOnlyList<string> urls, CancellationToken stop)
    {
        if (options.Mode != WatchMode.Repair || watched.Webhook is not { } ours || IsForeign(urls, ours) || !state.Repairs.MayTry(time.GetUtcNow(), options.Interval)) return null;

        var set = await watched.Admin.SetAsync(ours, watched.Secret, stop);
        state = state with { Repairs = state.Repairs.Tried(time.GetUtcNow()) };
        if (set.Worked) log.LogWarning("{Channel}: the subscription was gone, and the server has subscribed again", watched.Channel);
        else log.LogWarning("{Channel}: the subscription is gone, and subscribing again did not work: {Problem}", watched.Channel, set.Problem);
        return set.Worked ? state with { Subscription = Subscription.Stands } : state;
    }

    /// <summary>Where there is room for one address alone, setting ours would take somebody else's away.</summary>
    private bool IsForeign(IReadOnlyList<string> urls, Uri ours) => !watched.Admin.Accumulates && urls.Any(known => !WebhookUrls.IsStale(known, ours));

    private async Task<WatchState> TidyAsync(WatchState state, IReadOnlyList<string> urls, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (!urls.Any(known => WebhookUrls.IsStale(known, watched.Webhook!))) return state with { Removals = state.Removals.Held(now) };
        if (options.Mode != WatchMode.Repair || !state.Removals.MayTry(now, options.Interval)) return state;

        var tidied = await watched.Admin.TidyAsync(watched.Webhook!, stop);
        var removed = tidied.Facts.Count(fact => fact.StartsWith("removed: ", StringComparison.Ordinal));
        if (tidied.Worked) log.LogWarning("{Channel}: {Count} old subscriptions of this host were removed", watched.Channel, removed);
        else log.LogWarning("{Channel}: old subscriptions of this host could not be removed: {Problem}", watched.Channel, tidied.Problem);
        return state with { Removals = state.Removals.Tried(now) };
    }

    private Finding? Quarrel(WatchState state)
    {
        if (!state.Repairs.InVain) return null;

        var (times, wait) = (state.Repairs.Times, state.Repairs.Wait(options.Interval));
        return watched.About.Quarrel.Warning(
            ($"{times} times the server has subscribed to {watched.About.Name} again and it did not last: somebody else removes it; the next try is {wait.TotalMinutes:0} min after the last", $"сервер {times} раз заново подписывался в {watched.About.Name}, и это не помогло: подписку удаляет кто-то ещё; следующая попытка через {wait.TotalMinutes:0} мин после последней"));
    }
}

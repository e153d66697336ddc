using System.Diagnostics.Metrics;

namespace OptFm.Server.Watchdog;

/// <summary>What the watch found, as figures. The same on every node.</summary>
internal static class WatchGauges
{
    public static void Add(Meter meter, WatchBoard board, IReadOnlyList<string> channels, TimeProvider time)
    {
        IEnumerable<Measurement<double>> Each(Func<string, WatchPicture, double?> value)
        {
            var picture = board.Latest;
            return channels.Select(channel => (channel, Value: value(channel, picture))).Where(pair => pair.Value is not null)
                .Select(pair => Of("channel", pair.channel, pair.Value!.Value));
        }

        meter.CreateObservableGauge("optfm.webhook.subscribed", () => Each((channel, picture) => Stands(picture.Of(channel).Subscription)), null, "1 while the messenger delivers to this server, 0 when the subscription is gone.");
        meter.CreateObservableGauge("optfm.webhook.accepted.age", () => Each((channel, picture) => (time.GetUtcNow() - picture.DeliveriesOf(channel).Accepted)?.TotalSeconds), "s", "Since any node last accepted a delivery.");
        meter.CreateObservableGauge("optfm.webhook.pending", () => Each((channel, picture) => picture.Of(channel).Pending), null, "Updates that wait at the messenger, where it tells.");
        meter.CreateObservableGauge("optfm.watch.last_check.timestamp", () => Each((channel, picture) => Seconds(picture.Of(channel).CheckedAt)), "s", "When the subscription was last looked at, Unix time.");
        meter.CreateObservableGauge("optfm.watch.warnings", () => board.Warnings.Count, null, "What the watch over subscriptions and certificates warns of; /health names it.");
        meter.CreateObservableGauge("optfm.certificate.expiry.timestamp", () => board.Latest.Of(WatchState.Certificates).Ends.Select(end => Of("certificate", end.Key, Seconds(end.Value)!.Value)), "s", "When a certificate expires, Unix time: of the public address, or the first of MAX_CA_FILE.");
    }

    private static double? Stands(Subscription subscription) => subscription switch
    {
        Subscription.Stands => 1,
        Subscription.Gone => 0,
        _ => null,
    };

    private static double? Seconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() / 1000.0;

    private static Measurement<double> Of(string label, string name, double value) => new(value, new KeyValuePair<string, object?>(label, name));
}

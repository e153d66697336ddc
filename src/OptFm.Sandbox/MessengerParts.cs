using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Limits;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox;

/// <summary>What a fake messenger is made of.</summary>
internal sealed record MessengerParts(Messenger Messenger, SandboxOptions Options, SandboxLog Log, HttpClient Client, Background Background)
{
    private int randoms;

    internal TimeProvider Time => Options.Time;

    internal SandboxLimits Limits => Messenger switch
    {
        Messenger.Max => Options.MaxLimits,
        Messenger.Compat => Options.CompatLimits,
        _ => Options.TelegramLimits,
    };

    /// <summary>A source of randomness of its own for each part and messenger, all from the one seed.</summary>
    internal Random NewRandom() => new(HashSeed(Options.Seed, (int)Messenger, randoms++));

    internal UpdateFeed NewFeed(
        FaultPlan faults, DeliveryRules rules, Action<HttpRequestMessage, Webhook, byte[]> sign, Func<string, bool> wanted, bool keepsOrphans)
    {
        rules = rules.Sooner(Options.RetrySpeed);
        var post = new WebhookPost(Messenger, Client, rules, sign, Time);
        var delivery = new WebhookDelivery(post, rules, Log, Background, Time);
        var queue = new PollQueue(NewRandom().Next(1_000_000, 900_000_000), Time);
        return new UpdateFeed(faults, queue, delivery, Background, Time) { WantedByDefault = wanted, KeepsOrphans = keepsOrphans };
    }

    internal static ApiAnswer HtmlPage(int status) =>
        new(status, "<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"u8.ToArray()) { ContentType = "text/html" };

    /// <summary>The same on every machine, unlike <see cref="HashCode"/>.</summary>
    private static int HashSeed(int seed, int messenger, int part) => unchecked((seed * 31 + messenger) * 31 + part);
}

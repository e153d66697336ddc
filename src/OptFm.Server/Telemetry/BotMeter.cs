using System.Diagnostics.Metrics;
using OptFm.Server.Channels;
using OptFm.Server.Operations;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace OptFm.Server.Telemetry;

/// <summary>
/// What is counted and timed on the way of a message. Every label has few values, all known beforehand: no chat, no name, no text.
/// In /metrics <c>optfm.api.errors</c> is called <c>optfm_api_errors_total</c>, see <see cref="Prometheus.MetricName"/>.
/// </summary>
public sealed class BotMeter : IDisposable
{
    public const string Name = "OptFm";

    private readonly TimeProvider _time;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _questions;
    private readonly Counter<long> _searches;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _sends;
    private readonly Counter<long> _buried;
    private readonly Counter<long> _apiErrors;
    private readonly Histogram<double> _webhook;
    private readonly Histogram<double> _reply;
    private readonly Histogram<double> _send;

    public BotMeter(TimeProvider time)
    {
        _time = time;
        Meter = new Meter(Name, Health.Version);
        _updates = Meter.CreateCounter<long>("optfm.updates", null, "Updates stored, by the messenger's own type.");
        _duplicates = Meter.CreateCounter<long>("optfm.updates.duplicate", null, "Updates delivered again that were stored already.");
        _refused = Meter.CreateCounter<long>("optfm.updates.refused", null, "Deliveries to the webhook that were not taken, by reason.");
        _answers = Meter.CreateCounter<long>("optfm.answers", null, "Updates handled, by the step that answered.");
        _questions = Meter.CreateCounter<long>("optfm.faq.questions", null, "Written questions: answered from the FAQ, entries suggested, or unknown.");
        _searches = Meter.CreateCounter<long>("optfm.price.searches", null, "Written searches of the price list: found, nothing found, or unsure whether one was meant.");
        _failures = Meter.CreateCounter<long>("optfm.answering.failures", null, "Attempts to answer that met a defect.");
        _sends = Meter.CreateCounter<long>("optfm.sends", null, "Calls that send a reply, by how they ended.");
        _buried = Meter.CreateCounter<long>("optfm.replies.buried", null, "Replies given up, each with a reason (optfm outbox).");
        _apiErrors = Meter.CreateCounter<long>("optfm.api.errors", null, "Calls of the messenger's API that failed, by HTTP status or by what happened.");
        _webhook = Timed("optfm.webhook.duration", "From a genuine delivery to its acknowledgement.", 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30);
        _reply = Timed("optfm.reply.duration", "From an update on disk to its reply at the messenger.", 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800);
        _send = Timed("optfm.send.duration", "One call that sends a reply.", 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);
    }

    internal Meter Meter { get; }

    /// <summary>When an update of the channel was last stored.</summary>
    internal System.Collections.Concurrent.ConcurrentDictionary<string, DateTimeOffset> LastUpdates { get; } = new(StringComparer.Ordinal);

    public long Now => _time.GetTimestamp();

    /// <summary>Lets the figures of a channel begin at nought, so that the first event already shows as a rise.</summary>
    /// <param name="messenger">Whether the channel has a webhook and an API, as the web page has not.</param>
    public void Expect(string channel, bool messenger)
    {
        foreach (var type in UpdateTypes.Usual(channel)) _updates.Add(0, Of(channel), new("type", type));
        foreach (var outcome in Enum.GetValues<SendOutcome>()) _sends.Add(0, Of(channel), new("result", Label(outcome)));
        foreach (var reason in messenger ? MetricLabels.Refusals : []) _refused.Add(0, Of(channel), new("reason", reason));
        foreach (var reason in messenger ? MetricLabels.ApiErrors : []) _apiErrors.Add(0, Of(channel), new("reason", reason));
        foreach (var counter in (Counter<long>[])[_duplicates, _failures, _buried]) counter.Add(0, Of(channel));
        foreach (var result in MetricLabels.Questions) _questions.Add(0, new Tag("result", result));
        foreach (var result in MetricLabels.Searches) _searches.Add(0, new Tag("result", result));
    }

    public void Stored(string channel, string type, bool fresh)
    {
        if (!fresh)
        {
            _duplicates.Add(1, Of(channel));
            return;
        }

        _updates.Add(1, Of(channel), new("type", UpdateTypes.Label(type)));
        LastUpdates[channel] = _time.GetUtcNow();
    }

    /// <param name="reason">One of <see cref="MetricLabels.Refusals"/>.</param>
    public void Refused(string channel, string reason) => _refused.Add(1, Of(channel), new("reason", reason));

    /// <param name="since">From <see cref="Now"/>.</param>
    public void Acknowledged(string channel, long since) => _webhook.Record(_time.GetElapsedTime(since).TotalSeconds, Of(channel));

    public void Answered(string channel, InboundMessage message, string step)
    {
        _answers.Add(1, Of(channel), new("step", MetricLabels.Step(step)));
        if (message.Kind != InboundKind.Text) return;
        if (MetricLabels.Question(step) is { } question) _questions.Add(1, new Tag("result", question));
        if (MetricLabels.Search(step) is { } search) _searches.Add(1, new Tag("result", search));
    }

    public void AnswerFailed(string channel) => _failures.Add(1, Of(channel));

    /// <param name="since">When the call began, from <see cref="Now"/>.</param>
    public void Sent(string channel, SendResult result, long since)
    {
        _sends.Add(1, Of(channel), new("result", Label(result.Outcome)));
        _send.Record(_time.GetElapsedTime(since).TotalSeconds, Of(channel));
    }

    /// <param name="took">From the update on disk to here.</param>
    public void Replied(string channel, TimeSpan took) => _reply.Record(Math.Max(0, took.TotalSeconds), Of(channel));

    public void Buried(string channel) => _buried.Add(1, Of(channel));

    /// <param name="reason">One of <see cref="MetricLabels.ApiErrors"/>.</param>
    public void ApiFailed(string channel, string reason) => _apiErrors.Add(1, Of(channel), new("reason", reason));

    public void Dispose() => Meter.Dispose();

    private static Tag Of(string channel) => new("channel", channel);

    internal static string Label(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Sent => "sent",
        SendOutcome.Retry => "retry",
        SendOutcome.Unknown => "unknown",
        SendOutcome.Refused => "refused",
        SendOutcome.Blocked => "blocked",
        _ => "moved",
    };

    private Histogram<double> Timed(string name, string description, params double[] bounds) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}

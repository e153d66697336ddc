using System.Diagnostics;
using OptFm.Server.Channels;
using OptFm.Server.Outbox;

namespace OptFm.Server.Telemetry;

/// <summary>What the server tells of itself to whoever watches it: figures and traces. Never a customer's text, a name or a token.</summary>
public sealed class BotTelemetry(TimeProvider time) : IDisposable
{
    public BotMeter Meter { get; } = new(time);

    public BotTraces Traces { get; } = new();

    /// <summary>A call that was to send a reply has ended.</summary>
    /// <param name="started">When it began, a timestamp of the clock.</param>
    public void Sent(Activity? span, string channel, ClaimedReply reply, SendResult result, long started)
    {
        span?.SetTag("optfm.result", BotMeter.Label(result.Outcome)).SetTag("optfm.attempt", reply.Attempts);
        if (result.Outcome != SendOutcome.Sent) span?.SetStatus(ActivityStatusCode.Error);
        Meter.Sent(channel, result, started);
        if (result.Outcome == SendOutcome.Sent && reply is { ReceivedAt: { } since, Message.Kind: not OutboundKind.CallbackAnswer })
            Meter.Replied(channel, TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - since));
    }

    public void Dispose()
    {
        Meter.Dispose();
        Traces.Dispose();
    }
}

using System.Diagnostics;
using System.Net;
using OptFm.Server.Channels;
using OptFm.Server.Operations;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Inbox;

/// <summary>
/// Takes delivered updates: proof of origin, size, form, then store, commit, 200. Nothing is acknowledged that is not on disk.
/// </summary>
/// <param name="isAllowed">Whether the caller's address may deliver at all.</param>
/// <param name="refused">Called with the caller's address when the proof is missing or wrong.</param>
public sealed class WebhookEndpoint(
    IDeliveredChannel channel,
    InboxStore store,
    AckPressure pressure,
    Func<HttpContext, bool> isAllowed,
    Action<HttpContext> refused,
    ILogger log)
{
    /// <summary>Largest update accepted; MAX and Telegram stay far below.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Called after a new update is on disk.</summary>
    public Action? Stored { get; init; }

    public BotTelemetry? Telemetry { get; init; }

    /// <summary>Told of every delivery, for the watch over subscriptions.</summary>
    public DeliveryBook? Book { get; init; }

    public async Task HandleAsync(HttpContext context)
    {
        if (!isAllowed(context))
        {
            await RefuseAsync(context, HttpStatusCode.Forbidden, "address", "this address may not deliver updates");
            return;
        }

        if (!RequestBody.MayBeJson(context.Request))
        {
            await RefuseAsync(context, HttpStatusCode.UnsupportedMediaType, "content_type", "the content type must be application/json");
            return;
        }

        var body = await RequestBody.ReadAsync(context, MostBytes);
        if (body is not null) await AcceptAsync(context, body);
        else await RefuseAsync(context, HttpStatusCode.RequestEntityTooLarge, "size", "the update is larger than 1 MiB");
    }

    private async Task AcceptAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!channel.IsGenuine(context.Request.Headers, body.Span))
        {
            refused(context);
            await RefuseAsync(context, HttpStatusCode.Unauthorized, "secret", "the secret is missing or wrong");
            return;
        }

        var update = channel.Read(body);
        if (update is null)
        {
            await RefuseAsync(context, HttpStatusCode.BadRequest, "form", "the body is not a JSON object");
            return;
        }

        await StoreAsync(context, update, body);
    }

    /// <summary>From here on only our own work is waited for: whoever sends slowly presses nobody.</summary>
    private async Task StoreAsync(HttpContext context, Update update, ReadOnlyMemory<byte> body)
    {
        using var span = Telemetry?.Traces.Begin("webhook", ActivityKind.Server, channel.Name);
        var since = Telemetry?.Meter.Now;
        pressure.Enter();
        try
        {
            var fresh = await store.StoreAsync(channel.Name, update, body);
            if (fresh) Stored?.Invoke();
            Book?.Accepted(channel.Name);
            await AnswerAsync(context, HttpStatusCode.OK, "ok", update.Skipped ?? (fresh ? "stored" : "stored before"));
        }
        catch (StoreException e)
        {
            log.LogError("{Channel}: an update was not stored: {Reason}; the messenger will repeat it", channel.Name, e.Message);
            span?.SetStatus(ActivityStatusCode.Error);
            await RefuseAsync(context, HttpStatusCode.ServiceUnavailable, "store", "cannot store the update now, repeat it later");
        }
        finally
        {
            pressure.Leave();
            if (since is { } began) Telemetry?.Meter.Acknowledged(channel.Name, began);
        }
    }

    /// <param name="reason">One of <see cref="MetricLabels.Refusals"/>.</param>
    private Task RefuseAsync(HttpContext context, HttpStatusCode status, string reason, string message)
    {
        Telemetry?.Meter.Refused(channel.Name, reason);
        Book?.Refused(channel.Name, reason);
        return AnswerAsync(context, status, "error", message);
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string word, string message) =>
        JsonAnswer.WriteAsync(context, status, writer =>
        {
            writer.WriteString("status", word);
            writer.WriteString("message", message);
        });
}

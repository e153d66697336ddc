using System.Net;
using OptFm.Server.Channels;
using OptFm.Server.Operations;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

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

    public async Task HandleAsync(HttpContext context)
    {
        if (!isAllowed(context))
        {
            await AnswerAsync(context, HttpStatusCode.Forbidden, "error", "this address may not deliver updates");
            return;
        }

        if (!RequestBody.MayBeJson(context.Request))
        {
            await AnswerAsync(context, HttpStatusCode.UnsupportedMediaType, "error", "the content type must be application/json");
            return;
        }

        var body = await RequestBody.ReadAsync(context, MostBytes);
        if (body is not null) await AcceptAsync(context, body);
        else await AnswerAsync(context, HttpStatusCode.RequestEntityTooLarge, "error", "the update is larger than 1 MiB");
    }

    private async Task AcceptAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (!channel.IsGenuine(context.Request.Headers, body.Span))
        {
            refused(context);
            await AnswerAsync(context, HttpStatusCode.Unauthorized, "error", "the secret is missing or wrong");
            return;
        }

        var update = channel.Read(body);
        if (update is null)
        {
            await AnswerAsync(context, HttpStatusCode.BadRequest, "error", "the body is not a JSON object");
            return;
        }

        // From here on only our own work is waited for: whoever sends slowly presses nobody.
        pressure.Enter();
        try
        {
            var fresh = await store.StoreAsync(channel.Name, update, body);
            if (fresh) Stored?.Invoke();
            await AnswerAsync(context, HttpStatusCode.OK, "ok", update.Skipped ?? (fresh ? "stored" : "stored before"));
        }
        catch (StoreException e)
        {
            log.LogError("{Channel}: an update was not stored: {Reason}; the messenger will repeat it", channel.Name, e.Message);
            await AnswerAsync(context, HttpStatusCode.ServiceUnavailable, "error", "cannot store the update now, repeat it later");
        }
        finally
        {
            pressure.Leave();
        }
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string word, string message) =>
        JsonAnswer.WriteAsync(context, status, writer =>
        {
            writer.WriteString("status", word);
            writer.WriteString("message", message);
        });
}

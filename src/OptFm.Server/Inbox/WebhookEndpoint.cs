using System.Buffers;
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
        pressure.Enter();
        try
        {
            await TakeAsync(context);
        }
        finally
        {
            pressure.Leave();
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (!isAllowed(context))
        {
            await AnswerAsync(context, HttpStatusCode.Forbidden, "error", "this address may not deliver updates");
            return;
        }

        if (!IsJson(context.Request.ContentType))
        {
            await AnswerAsync(context, HttpStatusCode.UnsupportedMediaType, "error", "the content type must be application/json");
            return;
        }

        if (context.Request.ContentLength > MostBytes)
        {
            await AnswerAsync(context, HttpStatusCode.RequestEntityTooLarge, "error", "the update is larger than 1 MiB");
            return;
        }

        var body = await ReadBodyAsync(context);
        if (body is { } read) await AcceptAsync(context, read);
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
    }

    /// <summary>An absent content type is let through: refusing it would lose updates over a formality.</summary>
    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType)) return true;
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        if (end >= 0) type = type[..end];
        type = type.Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>Null when the body is too large.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > MostBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static Task AnswerAsync(HttpContext context, HttpStatusCode status, string word, string message) =>
        JsonAnswer.WriteAsync(context, status, writer =>
        {
            writer.WriteString("status", word);
            writer.WriteString("message", message);
        });
}

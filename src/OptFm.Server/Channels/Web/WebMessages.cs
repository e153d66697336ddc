using System.Globalization;
using System.Net;
using OptFm.Server.Operations;
using OptFm.Server.Storage;

namespace OptFm.Server.Channels.Web;

/// <summary><c>POST /chat/messages</c>: 200 means on disk; whatever else comes back, the page may repeat the same id.</summary>
internal sealed class WebMessages(WebSetup setup, WebRate rate)
{
    /// <summary>Room for 4000 characters in the longest escapes JSON knows.</summary>
    private const int MostBytes = 64 * 1024;

    private readonly WebChannel _channel = new();

    public async Task HandleAsync(HttpContext context)
    {
        WebHeaders.Set(context.Response);
        if (!WebOrigin.IsOwn(context.Request))
        {
            await WebAnswer.ErrorAsync(context, HttpStatusCode.Forbidden, "another site may not write here");
            return;
        }

        if (!context.Request.HasJsonContentType())
        {
            await WebAnswer.ErrorAsync(context, HttpStatusCode.UnsupportedMediaType, "the content type must be application/json");
            return;
        }

        var chat = WebSession.Begin(context, setup.IsHttps(context));
        if (rate.Refuse(chat, setup.Address(context)) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await WebAnswer.ErrorAsync(context, HttpStatusCode.TooManyRequests, "too many messages, slow down");
            return;
        }

        if (await RequestBody.ReadAsync(context, MostBytes) is { } body) await AcceptAsync(context, chat, body);
        else await WebAnswer.ErrorAsync(context, HttpStatusCode.RequestEntityTooLarge, "the message is larger than 64 KiB");
    }

    private async Task AcceptAsync(HttpContext context, string chat, ReadOnlyMemory<byte> body)
    {
        var (post, problem) = WebPost.Read(body);
        if (post is null)
        {
            await WebAnswer.ErrorAsync(context, HttpStatusCode.BadRequest, problem!);
            return;
        }

        try
        {
            var fresh = await setup.Inbox.StoreAsync(_channel.Name, post.ToUpdate(chat), post.Store(chat));
            if (fresh) setup.Stored?.Invoke();
            await WebAnswer.OkAsync(context, fresh ? "stored" : "stored before");
        }
        catch (StoreException e)
        {
            setup.Log.LogError("web: a message was not stored: {Reason}; the page will repeat it", e.Message);
            context.Response.Headers.RetryAfter = "3";
            await WebAnswer.ErrorAsync(context, HttpStatusCode.ServiceUnavailable, "cannot store the message now, repeat it later");
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using OptFm.Server.Storage;

namespace OptFm.Server.Channels.Web;

/// <summary>
/// <c>GET /chat/events</c>: the chat's replies from the first the page lacks, then each as it settles. A page that comes back names the last
/// one it has, so that nothing is lost or repeated.
/// </summary>
internal sealed class WebEvents(WebSetup setup, CancellationToken stopping)
{
    private readonly WebHistory _history = new(setup.Database);

    public async Task HandleAsync(HttpContext context)
    {
        WebHeaders.Set(context.Response);
        if (!WebOrigin.IsOwn(context.Request))
        {
            await WebAnswer.ErrorAsync(context, HttpStatusCode.Forbidden, "another site may not listen here");
            return;
        }

        if (ReadAfter(context.Request) is not { } after)
        {
            await WebAnswer.ErrorAsync(context, HttpStatusCode.BadRequest, "after and Last-Event-ID must be the id of a message");
            return;
        }

        // A page whose cookie is gone listens to a new chat; what it posts next will be answered there.
        var chat = WebSession.Begin(context, setup.IsHttps(context));
        using var stream = setup.Chats.Listen(chat, WebRate.Network(setup.Address(context)));
        if (stream is null)
        {
            context.Response.Headers.RetryAfter = "30";
            await WebAnswer.ErrorAsync(context, HttpStatusCode.ServiceUnavailable, "too many pages are open, come back later");
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await StreamAsync(context, stream, after, stop.Token);
    }

    private async Task StreamAsync(HttpContext context, WebStream stream, long after, CancellationToken stop)
    {
        try
        {
            await StartAsync(context, stop);
            await SendAllAsync(context.Response, stream, after, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The page went away or the server stops: the page comes back by itself.
        }
        catch (StoreException e)
        {
            setup.Log.LogError("web: cannot read a chat's replies: {Reason}; the page will ask again", e.Message);
        }
    }

    private static async Task StartAsync(HttpContext context, CancellationToken stop)
    {
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        // nginx would keep replies back: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Response.BodyWriter.Write("retry: 3000\n\n"u8);
        await context.Response.BodyWriter.FlushAsync(stop);
    }

    private async Task SendAllAsync(HttpResponse response, WebStream stream, long after, CancellationToken stop)
    {
        var output = response.BodyWriter;
        var caughtUp = false;
        while (!stop.IsCancellationRequested)
        {
            if (stream.IsParked)
            {
                output.Write("event: parked\ndata: {}\n\n"u8);
                await output.FlushAsync(stop);
                return;
            }

            var replies = _history.After(stream.Chat, after);
            foreach (var reply in replies)
            {
                if (reply.Message.Kind != OutboundKind.CallbackAnswer) WebEventJson.Write(output, reply);
                after = reply.Id;
            }

            if (replies.Count < WebHistory.MostAtOnce && !caughtUp)
            {
                // Only now does the page know that a chat without messages is a new one.
                output.Write("event: ready\ndata: {}\n\n"u8);
                caughtUp = true;
            }
            else if (replies.Count == 0)
            {
                // An event and not a comment: the page must notice when a connection has died without a word.
                output.Write("event: beat\ndata: {}\n\n"u8);
            }

            await output.FlushAsync(stop);
            if (replies.Count < WebHistory.MostAtOnce) await stream.WaitAsync(setup.Chats.Limits.Heartbeat, setup.Clock, stop);
        }
    }

    /// <summary>The header wins: a browser that reconnects by itself repeats the address it began with.</summary>
    private static long? ReadAfter(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString();
        if (text.Length == 0) text = request.Query["after"].ToString();
        if (text.Length == 0) return 0;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}

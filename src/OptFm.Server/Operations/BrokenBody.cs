using System.Net;

namespace OptFm.Server.Operations;

/// <summary>
/// Answers in words for what Kestrel throws while a body is read: too large, too slow, badly framed, or, as a bare <see cref="IOException"/>, a
/// chunk length beyond 64 bits or a connection that breaks in the middle. Unanswered, each would be logged as a defect of ours and counted as 500.
/// </summary>
internal static class BrokenBody
{
    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (IOException e) when (!context.Response.HasStarted)
        {
            // The rest of the body is not worth reading.
            context.Response.Headers.Connection = "close";
            var status = e is BadHttpRequestException bad ? (HttpStatusCode)bad.StatusCode : HttpStatusCode.BadRequest;
            await JsonRequest.RefuseAsync(context, status, Words(status));
        }
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.RequestEntityTooLarge => "the body is too large",
        HttpStatusCode.RequestTimeout => "the body came too slowly",
        _ => "the body cannot be read",
    };
}

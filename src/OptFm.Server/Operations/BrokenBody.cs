using System.Net;

namespace OptFm.Server.Operations;

/// <summary>
/// Kestrel reports most of what is wrong with a body as a bad request, but a chunk length beyond 64 bits, or a connection that breaks in the
/// middle, as a bare <see cref="IOException"/>, which would end as 500 though the fault is the caller's.
/// </summary>
internal static class BrokenBody
{
    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (IOException e) when (e is not BadHttpRequestException && !context.Response.HasStarted)
        {
            context.Response.Headers.Connection = "close";
            await JsonRequest.RefuseAsync(context, HttpStatusCode.BadRequest, "the body cannot be read");
        }
    }
}

using System.Net;
using OptFm.Server.Operations;

namespace OptFm.Server.Channels.Web;

/// <summary>The API's short answers, in the form that webhooks answer in.</summary>
internal static class WebAnswer
{
    public static Task OkAsync(HttpContext context, string message) => WriteAsync(context, HttpStatusCode.OK, "ok", message);

    public static Task ErrorAsync(HttpContext context, HttpStatusCode status, string message) => WriteAsync(context, status, "error", message);

    private static Task WriteAsync(HttpContext context, HttpStatusCode status, string word, string message) =>
        JsonAnswer.WriteAsync(context, status, writer =>
        {
            writer.WriteString("status", word);
            writer.WriteString("message", message);
        });
}

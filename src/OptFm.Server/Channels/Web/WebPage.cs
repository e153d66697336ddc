using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using OptFm.Server.Operations;

namespace OptFm.Server.Channels.Web;

/// <summary><c>GET /</c> and the page's files.</summary>
internal sealed class WebPage(WebSetup setup)
{
    private const string Document = "chat.html";
    private const string ForGood = "public, max-age=31536000, immutable";

    private static readonly string Version = typeof(WebPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private readonly WebAssets _assets = new();

    /// <summary>A browser gets the page; whatever else asks, such as a monitor, gets JSON.</summary>
    public Task RootAsync(HttpContext context)
    {
        WebHeaders.Set(context.Response);
        context.Response.Headers.Vary = "Accept";
        if (PrefersHtml(context.Request.Headers.Accept)) return PageAsync(context);

        return JsonAnswer.WriteAsync(context, HttpStatusCode.OK, writer =>
        {
            writer.WriteString("status", "ok");
            writer.WriteString("service", "optfm");
            writer.WriteString("version", Version);
        });
    }

    public async Task AssetAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["file"] as string ?? "";
        var asset = name == Document || context.Request.RouteValues["version"] as string != _assets.Version ? null : _assets.Find(name);
        if (asset is null)
        {
            WebHeaders.Set(context.Response);
            await WebAnswer.ErrorAsync(context, HttpStatusCode.NotFound, "there is no such file");
            return;
        }

        WebHeaders.Set(context.Response, ForGood);
        var tag = $"\"{_assets.Version}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(context, asset.ContentType, asset.Body);
    }

    internal static bool PrefersHtml(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types)) return false;

        var html = Quality(types, "text/html");
        return html > 0 && html >= Quality(types, "application/json");
    }

    private static double Quality(IList<MediaTypeHeaderValue> types, string name) =>
        types.Where(t => t.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(t => t.Quality ?? 1).DefaultIfEmpty(0).Max();

    private Task PageAsync(HttpContext context)
    {
        WebSession.Begin(context, setup.IsHttps(context), renew: true);
        var page = Encoding.UTF8.GetString(_assets.Find(Document)!.Body)
            .Replace("{{assets}}", $"/chat/assets/{_assets.Version}", StringComparison.Ordinal)
            .Replace("{{contacts}}", MarkupHtml.Render(setup.Contacts()), StringComparison.Ordinal);
        return WriteAsync(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page));
    }

    private static async Task WriteAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

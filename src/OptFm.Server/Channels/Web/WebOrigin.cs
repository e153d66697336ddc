using System.Net;

namespace OptFm.Server.Channels.Web;

/// <summary>Where a request comes from: the page itself, another site, and over which scheme.</summary>
internal static class WebOrigin
{
    /// <summary>
    /// Whether the page itself asks. Fetch metadata decides where the browser sends it (https://www.w3.org/TR/fetch-metadata/), else Origin;
    /// who sends neither is no browser and carries nobody's cookie.
    /// </summary>
    public static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";

        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;

        // Only the host is compared: behind a proxy that ends TLS the schemes differ.
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="proxies">Whose X-Forwarded-Proto is believed.</param>
    public static bool IsHttps(HttpContext context, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        if (context.Request.IsHttps) return true;

        // The last value is the one that the nearest proxy wrote.
        var protocol = context.Request.Headers["X-Forwarded-Proto"].ToString();
        return protocol[(protocol.LastIndexOf(',') + 1)..].Trim().Equals("https", StringComparison.OrdinalIgnoreCase)
            && context.Connection.RemoteIpAddress is { } peer
            && proxies.Any(network => network.Contains(Plain(peer)));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

namespace OptFm.Server.Channels.Web;

/// <summary>What a browser is told to refuse on everything the page serves.</summary>
internal static class WebHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <param name="response">Whose headers to set.</param>
    /// <param name="cache">Pages and answers are one visitor's own and are not kept.</param>
    public static void Set(HttpResponse response, string cache = "no-store")
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = cache;
    }
}

using System.Net;
using OptFm.Server.Channels;

namespace OptFm.Server.Operations;

/// <summary>Lets in whoever holds ADMIN_TOKEN. Without one configured nobody is let in.</summary>
public static class AdminAccess
{
    private const string Scheme = "Bearer ";

    /// <summary>Whether <c>Authorization: Bearer …</c> or <c>X-Admin-Token</c> holds the token. Constant time.</summary>
    public static bool IsAdmin(HttpRequest request, string token)
    {
        if (token.Length == 0) return false;

        var authorization = request.Headers.Authorization.ToString();
        var bearer = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
        return WebhookSecret.Same(token, bearer) || WebhookSecret.Same(token, request.Headers["X-Admin-Token"]);
    }

    /// <summary>Guards an endpoint: 401 for everybody else.</summary>
    public static RequestDelegate Only(string token, RequestDelegate endpoint) => context =>
    {
        if (IsAdmin(context.Request, token)) return endpoint(context);

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return JsonAnswer.WriteAsync(context, HttpStatusCode.Unauthorized, json =>
        {
            json.WriteString("status", "error");
            json.WriteString("message", token.Length == 0 ? "ADMIN_TOKEN is not set on the server" : "the admin token is missing or wrong");
        });
    };
}

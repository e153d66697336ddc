using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OptFm.Server.Channels.Web;

/// <summary>Who a visitor is: a random id in a cookie, and the chat that belongs to it.</summary>
public static class WebSession
{
    public const string Cookie = "optfm_chat";

    private const int IdBytes = 16;
    private const int IdLength = 22;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly SearchValues<char> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <returns>The visitor's chat, or null when the request carries no session.</returns>
    public static string? Chat(HttpRequest request) => Id(request) is { } id ? ChatOf(id) : null;

    /// <summary>Gives the visitor a session where there is none; <paramref name="renew"/> also prolongs the one there is.</summary>
    /// <returns>The visitor's chat.</returns>
    public static string Begin(HttpContext context, bool secure, bool renew = false)
    {
        var id = Id(context.Request);
        if (id is not null && !renew) return ChatOf(id);

        id ??= Base64UrlText(RandomNumberGenerator.GetBytes(IdBytes));
        context.Response.Cookies.Append(Cookie, id, new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Kept,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = secure,
        });
        return ChatOf(id);
    }

    /// <summary>
    /// The chat's name is made from the id and does not lead back to it: whoever sees chats in the database or in a list of the
    /// administrator's cannot take over the visitor's session.
    /// </summary>
    private static string ChatOf(string id) => Base64UrlText(SHA256.HashData(Encoding.ASCII.GetBytes(id)).AsSpan(0, IdBytes));

    /// <summary>A cookie of another form was not made here and counts as none.</summary>
    private static string? Id(HttpRequest request) =>
        request.Cookies[Cookie] is { Length: IdLength } id && !id.AsSpan().ContainsAnyExcept(Base64Url) ? id : null;

    private static string Base64UrlText(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

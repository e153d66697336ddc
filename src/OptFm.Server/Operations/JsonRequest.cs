using System.Net;
using System.Text.Json;
using OptFm.Server.Channels;

namespace OptFm.Server.Operations;

/// <summary>Reads a small JSON object that somebody posted, without reflection and without trust.</summary>
internal static class JsonRequest
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Reads the body; what cannot be read is answered here with 400, 413 or 415.</summary>
    /// <returns>Null when the request was answered.</returns>
    public static async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        if (!RequestBody.MayBeJson(context.Request))
            return await RefuseAsync(context, HttpStatusCode.UnsupportedMediaType, "the content type must be application/json");

        var body = await RequestBody.ReadAsync(context, MostBytes);
        if (body is null) return await RefuseAsync(context, HttpStatusCode.RequestEntityTooLarge, "the body is larger than 64 KiB");

        return UpdateJson.Parse(body) ?? await RefuseAsync(context, HttpStatusCode.BadRequest, "the body is not a JSON object");
    }

    public static async Task<JsonDocument?> RefuseAsync(HttpContext context, HttpStatusCode status, string message)
    {
        await JsonAnswer.WriteAsync(context, status, json =>
        {
            json.WriteString("status", "error");
            json.WriteString("message", message);
        });
        return null;
    }
}

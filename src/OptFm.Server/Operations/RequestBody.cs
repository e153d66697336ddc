using System.Buffers;

namespace OptFm.Server.Operations;

/// <summary>Reads what somebody posted, never more than allowed.</summary>
internal static class RequestBody
{
    /// <summary>An absent content type is let through: refusing it would lose updates over a formality.</summary>
    public static bool MayBeJson(HttpRequest request) => string.IsNullOrWhiteSpace(request.ContentType) || request.HasJsonContentType();

    /// <returns>Null when the body is longer than <paramref name="most"/> bytes, whether it said so or not.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most) return null;

        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            var done = result.IsCompleted || result.Buffer.Length > most;
            var body = done && result.Buffer.Length <= most ? result.Buffer.ToArray() : null;
            reader.AdvanceTo(done ? result.Buffer.End : result.Buffer.Start, result.Buffer.End);
            if (done) return body;
        }
    }
}

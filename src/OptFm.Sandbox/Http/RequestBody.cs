using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OptFm.Sandbox.Http;

/// <summary>Reads what the bot sent, up to a size no message of a bot needs.</summary>
internal static class RequestBody
{
    private const int Most = 1024 * 1024;

    /// <exception cref="BadBodyException">It is too large, cut short or no JSON.</exception>
    internal static async ValueTask<JsonDocument?> ReadJsonAsync(HttpRequest request)
    {
        var bytes = await ReadAsync(request);
        if (bytes.Length == 0) return null;
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw new BadBodyException("not JSON");
        }
    }

    internal static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding"))) return default;
        if (request.ContentLength > Most) throw new BadBodyException("too large");

        if (request.ContentLength is { } length) return await ReadExactlyAsync(request.Body, new byte[length], request.HttpContext.RequestAborted);
        return await ReadChunkedAsync(request);
    }

    internal static JsonElement RootOf(JsonDocument? document) => document?.RootElement ?? default;

    private static async ValueTask<ReadOnlyMemory<byte>> ReadExactlyAsync(Stream body, byte[] bytes, CancellationToken aborted)
    {
        await body.ReadExactlyAsync(bytes, aborted);
        return bytes;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadChunkedAsync(HttpRequest request)
    {
        using var whole = new MemoryStream();
        var piece = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(piece, request.HttpContext.RequestAborted)) > 0;)
        {
            if (whole.Length + read > Most) throw new BadBodyException("too large");
            whole.Write(piece, 0, read);
        }
        return whole.ToArray();
    }
}

/// <summary>A body that cannot be read as what it should be.</summary>
internal sealed class BadBodyException(string message) : Exception(message);

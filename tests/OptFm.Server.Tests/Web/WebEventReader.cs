using System.Text.Json;

namespace OptFm.Server.Tests.Web;

/// <summary>One server-sent event as a browser would see it.</summary>
internal sealed record WebEvent(string Kind, string Id, JsonElement Data)
{
    public string Text => string.Concat(Data.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("text").GetString()));
}

/// <summary>Reads a stream of server-sent events.</summary>
internal sealed class WebEventReader(HttpResponseMessage response) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private StreamReader? _reader;

    public HttpResponseMessage Response => response;

    /// <returns>Null when the server closed the stream.</returns>
    public async Task<WebEvent?> NextAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(guard.Token));
        var (kind, id, data) = ("message", "", "");
        while (await _reader.ReadLineAsync(guard.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data += line[6..];
            else if (line.Length == 0 && data.Length > 0) return new(kind, id, JsonDocument.Parse(data).RootElement);
        }

        return null;
    }

    /// <summary>The next reply, whatever else the server says meanwhile.</summary>
    public async Task<WebEvent> NextReplyAsync() => await NextAsync("message");

    public async Task<WebEvent> NextAsync(string kind)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Kind == kind) return next;
        }

        throw new InvalidOperationException($"The stream ended without an event '{kind}'");
    }

    public void Dispose()
    {
        _reader?.Dispose();
        response.Dispose();
    }
}

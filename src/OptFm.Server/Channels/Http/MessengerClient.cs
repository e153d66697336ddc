using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OptFm.Server.Channels.Http;

/// <summary>Calls a messenger's HTTP API and says exactly how far each call got. Nothing that a network or a messenger does makes it throw.</summary>
public sealed class MessengerClient : IDisposable
{
    /// <summary>Longest answer that is read; batches of updates may take more than answers to calls.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly string _base;
    private readonly string _authorization;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <param name="handler">Owned from here on.</param>
    /// <param name="address">Address of the API; may hold the token, and never shows up in a reason.</param>
    /// <param name="authorization">The whole <c>Authorization</c> header, empty for none.</param>
    /// <param name="timeout">How long a call may take, reading the answer included.</param>
    /// <param name="time">Clock of timeouts and of <c>Retry-After</c> dates.</param>
    public MessengerClient(HttpMessageHandler handler, Uri address, string authorization, TimeSpan timeout, TimeProvider time)
    {
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        (_base, _authorization, _timeout, _time) = (address.AbsoluteUri.TrimEnd('/'), authorization, timeout, time);
    }

    public static SocketsHttpHandler Handler() => new()
    {
        // What is traced here is nothing to the messenger: no traceparent header.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = 64,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),

        // A messenger that moves to other machines says so in DNS: connections must not outlive that for long.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    /// <summary>Makes one call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Path and query, escaped, starting with a slash.</param>
    /// <param name="json">The body, or null for none.</param>
    /// <param name="stop">Stops waiting. What was already written is reported as lost; what was not throws.</param>
    /// <param name="extraTime">Added to the timeout, for long polls.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came before the request was written.</exception>
    public async Task<MessengerReply> CallAsync(HttpMethod method, string path, byte[]? json, CancellationToken stop, TimeSpan extraTime = default)
    {
        using var late = new CancellationTokenSource(_timeout + extraTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        using var content = json is null ? null : new TrackedContent(json);
        using var request = new HttpRequestMessage(method, _base + path) { Content = content };
        if (_authorization.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", _authorization);

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (content is not { Started: true }) throw;
            return MessengerReply.Lost("the server was stopped while it waited for the answer");
        }
        catch (OperationCanceledException)
        {
            return content is { Started: false }
                ? MessengerReply.NotSent("no connection within the time limit")
                : MessengerReply.Lost("no answer within the time limit");
        }
        catch (HttpRequestException failure)
        {
            return Failed(failure, content);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The exception's own words are left out: they may quote the address, and Telegram's holds the token.</summary>
    private static MessengerReply Failed(HttpRequestException failure, TrackedContent? content) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => MessengerReply.NotSent("the host's name could not be resolved"),
        HttpRequestError.ConnectionError => MessengerReply.NotSent("the connection was refused or could not be made"),
        HttpRequestError.SecureConnectionError => MessengerReply.NotSent("TLS failed: the host's certificate is not trusted or does not match"),
        HttpRequestError.ProxyTunnelError => MessengerReply.NotSent("the proxy refused the connection"),
        _ when content is { Started: false } => MessengerReply.NotSent("the request could not be sent"),
        _ => MessengerReply.Lost("the connection was lost before the answer came"),
    };

    private async Task<MessengerReply> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        var body = await ReadBodyAsync(response.Content, stop);
        if (body is null && status < 300) return MessengerReply.Lost("the answer was cut off") with { Status = status };

        var reply = new MessengerReply(CallProgress.Answered) { Status = status, RetryAfter = Wait(response.Headers.RetryAfter) };
        return body is { Length: > 0 } ? reply with { Body = body, Json = Parse(body) } : reply;
    }

    /// <returns>Null when the body broke off, took too long or is too long.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, CancellationToken stop)
    {
        try
        {
            await content.LoadIntoBufferAsync(MostBytes, stop);
            return await content.ReadAsByteArrayAsync(stop);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static JsonElement Parse(byte[] body)
    {
        using var document = UpdateJson.Parse(body);
        return document?.RootElement.Clone() ?? default;
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header)
    {
        if (header?.Delta is { } delta) return Bounded(delta);
        return header?.Date is { } date ? Bounded(date - _time.GetUtcNow()) : null;
    }

    /// <summary>A wait between nothing and a day: no messenger asks for more in earnest.</summary>
    private static TimeSpan Bounded(TimeSpan wait) => TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, TimeSpan.TicksPerDay));

    /// <summary>The <c>retry_after</c> of an answer's body, in seconds.</summary>
    public static TimeSpan? RetryAfter(JsonElement seconds)
    {
        if (seconds.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)) return null;
        var text = seconds.ValueKind == JsonValueKind.Number ? seconds.GetRawText() : seconds.GetString();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? TimeSpan.FromSeconds(Math.Clamp(value, 0, TimeSpan.SecondsPerDay))
            : null;
    }

    /// <summary>Builds a JSON object, Cyrillic left readable.</summary>
    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

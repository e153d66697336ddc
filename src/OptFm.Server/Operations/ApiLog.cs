namespace OptFm.Server.Operations;

/// <summary>One line per HTTP request: method, path, status, duration, size, address. Never a query, a header or a body.</summary>
public sealed class ApiLog
{
    private const int LongestPath = 256;

    private readonly LogFile _file;
    private readonly JsonLogFormat _format;
    private readonly HttpOptions _http;
    private readonly TimeProvider _time;

    internal ApiLog(LogFile file, JsonLogFormat format, HttpOptions http, TimeProvider time)
    {
        _file = file;
        _format = format;
        _http = http;
        _time = time;
    }

    /// <summary>Middleware; the first one, to see every request and its whole duration.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var started = _time.GetTimestamp();
        var body = CountedBody.Of(context);
        var failed = true;
        try
        {
            await next(context);
            failed = false;
        }
        finally
        {
            var status = failed && !context.Response.HasStarted ? StatusCodes.Status500InternalServerError : context.Response.StatusCode;
            Write(context, status, _time.GetElapsedTime(started), body.Bytes);
        }
    }

    private void Write(HttpContext context, int status, TimeSpan took, long bytes) => _file.TryWrite(_format.Line(json =>
    {
        json.WriteString("method"u8, context.Request.Method);
        _format.Text(json, "path", LogText.OneLine(context.Request.Path.Value ?? "", LongestPath));
        json.WriteNumber("status"u8, status);
        json.WriteNumber("ms"u8, Math.Round(took.TotalMilliseconds, 1));
        json.WriteNumber("bytes"u8, HttpMethods.IsHead(context.Request.Method) ? 0 : bytes);
        json.WriteString("address"u8, ClientAddress.Of(context, _http.Proxies)?.ToString());
        if (context.RequestAborted.IsCancellationRequested) json.WriteBoolean("aborted"u8, true);
    }));
}

using OptFm.Server.Operations;

namespace OptFm.Server.Telemetry.Prometheus;

/// <summary><c>GET /metrics</c>, for whom METRICS_ALLOWED names. For anybody else there is no such address.</summary>
internal sealed class MetricsEndpoint(
    Exposition exposition, StoreFigures store, IReadOnlyList<System.Net.IPNetwork> allowed, IReadOnlyList<System.Net.IPNetwork> proxies)
{
    private readonly Lazy<ProcessFigures> _process = new();

    public void Map(IEndpointRouteBuilder routes) => routes.Map("/metrics", HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        if (!MayRead(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        await store.RefreshAsync();
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(context.Request.Method)) await context.Response.WriteAsync(Text(), context.RequestAborted);
    }

    private string Text()
    {
        var text = new PrometheusText();
        exposition.Write(text);
        _process.Value.Write(text);
        return text.ToString();
    }

    private bool MayRead(HttpContext context) =>
        ClientAddress.Of(context, proxies) is { } address && ClientAddress.IsTrusted(address, allowed);
}

namespace OptFm.Server.Telemetry;

/// <summary>Counts what goes wrong with the calls of one messenger's API: sends, polls and administration alike.</summary>
internal sealed class ApiErrorCounter(string channel, BotMeter meter, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (MetricLabels.ApiError((int)response.StatusCode) is { } error) meter.ApiFailed(channel, error);
            return response;
        }
        catch (HttpRequestException e)
        {
            meter.ApiFailed(channel, IsConnecting(e.HttpRequestError) ? "not_connected" : "lost");
            throw;
        }
        catch (OperationCanceledException)
        {
            meter.ApiFailed(channel, "timeout");
            throw;
        }
    }

    private static bool IsConnecting(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}

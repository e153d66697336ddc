using System.Net;
using System.Net.Sockets;
using OptFm.Server.Inbox;

namespace OptFm.Server.Operations;

/// <summary>Kestrel, bounded.</summary>
public static class HttpServer
{
    public static WebApplication Build(HttpOptions options, ILoggerFactory loggers)
    {
        // Empty: no configuration files, which the framework would watch, and with them every write in the working folder.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(new IPEndPoint(options.Address, options.ListenPort));
            // One more than accepted, so that the endpoint itself can say 413 in words.
            kestrel.Limits.MaxRequestBodySize = WebhookEndpoint.MostBytes + 1;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxConcurrentConnections = 4096;
        });
        return builder.Build();
    }

    /// <exception cref="StartupException">The port is taken, or the address is not this machine's.</exception>
    public static async Task ListenAsync(WebApplication app, HttpOptions options, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            var place = $"{options.Address}:{options.ListenPort}";
            throw new StartupException([($"cannot listen on {place}: {e.Message} Is another server running there? Set PORT to another port", $"не удалось занять {place}: {e.Message} Там уже работает другой сервер? Укажите другой PORT")], e);
        }
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OptFm.Server.Operations;

namespace OptFm.Server.Telemetry.Otlp;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector. The only code that knows OpenTelemetry's libraries: while no collector is set,
/// nothing of them is loaded. A collector that is down loses what it would have got; the server does not notice.
/// </summary>
internal sealed class OtlpExport : IAsyncDisposable
{
    /// <summary>How long a stop waits for the last figures to be sent.</summary>
    private const int PatienceMs = 1000;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    private readonly TracerProvider _tracer;
    private readonly MeterProvider _meter;
    private readonly PeriodicTimer _timer;
    private readonly Task _looking;

    private OtlpExport(TelemetryOptions options, StoreFigures store, TimeProvider time)
    {
        var told = new ConfigurationBuilder().AddInMemoryCollection(options.OpenTelemetry!).Build();
        _tracer = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(told))
            .ConfigureResource(Describe)
            .AddSource(BotTraces.Name)
            .AddOtlpExporter()
            .Build();
        _meter = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(told))
            .ConfigureResource(Describe)
            .AddMeter(BotMeter.Name, "System.Runtime")
            .AddOtlpExporter()
            .Build();
        _timer = new PeriodicTimer(BetweenLooks, time);
        _looking = LookAsync(store);
    }

    /// <returns>Null when nothing is to be sent, or when OpenTelemetry refuses its settings: then the log says so, and the bot works on.</returns>
    public static IAsyncDisposable? Start(TelemetryOptions options, StoreFigures store, TimeProvider time, ILogger log) =>
        options.Exports ? StartNow(options, store, time, log) : null;

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _looking;
        await Task.WhenAll(Task.Run(() => _tracer.Shutdown(PatienceMs)), Task.Run(() => _meter.Shutdown(PatienceMs)));
        _tracer.Dispose();
        _meter.Dispose();
    }

    /// <summary>Apart, so that compiling the caller does not load the libraries.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport? StartNow(TelemetryOptions options, StoreFigures store, TimeProvider time, ILogger log)
    {
        try
        {
            return new OtlpExport(options, store, time);
        }
        catch (Exception e)
        {
            // Whatever a library dislikes about its settings: customers are answered nevertheless. Its words may quote a header.
            log.LogError("OpenTelemetry refuses its settings ({Kind}): nothing is sent to the collector. Look at the OTEL_ settings", e.GetType().Name);
            return null;
        }
    }

    private static void Describe(ResourceBuilder resource) => resource.AddAttributes([new("service.version", Health.Version)]);

    /// <summary>Keeps fresh what the exporter looks up: it cannot wait for a database itself.</summary>
    private async Task LookAsync(StoreFigures store)
    {
        do await store.RefreshAsync();
        while (await _timer.WaitForNextTickAsync());
    }
}

using OptFm.Server.Backups;
using OptFm.Server.Faq;
using OptFm.Server.Operations;
using OptFm.Server.Products;
using OptFm.Server.Settings;
using OptFm.Server.Telemetry.Otlp;
using OptFm.Server.Telemetry.Prometheus;

namespace OptFm.Server.Telemetry;

/// <summary>Shows what the server measures: at /metrics, and to a collector if one is set.</summary>
/// <remarks>Made before anything measures, started when all that is looked at exists.</remarks>
internal sealed class Observability(ServerSettings settings, WorkerTools tools) : IAsyncDisposable
{
    private readonly Exposition _exposition = new(tools.Telemetry.Meter.Meter);
    private IAsyncDisposable? _export;

    public void Start(IEndpointRouteBuilder routes, IReadOnlyList<string> channels, Func<bool> working, FaqLibrary faq, PriceLibrary price)
    {
        var store = new StoreFigures(tools.Database, settings.Storage.DatabaseFile, channels, () => BackupJournal.Read(settings.Backup.DataFolder), tools.Clock);
        BotGauges.Add(tools.Telemetry.Meter, new GaugeSources
        {
            Store = store,
            Database = tools.Database.Figures,
            WriteFailures = () => tools.Database.WriteFailures,
            Working = working,
            Nodes = () => tools.Node.Living,
            FaqEntries = () => faq.Faq.Entries.Count,
            PriceProducts = () => price.Current?.Report.Products ?? 0,
            Contacts = () => [.. channels.Select(channel => tools.Contacts.Of(channel, enabled: true))],
            Time = tools.Clock,
        });
        new MetricsEndpoint(_exposition, store, settings.Telemetry.Allowed, settings.Http.Proxies).Map(routes);
        _export = OtlpExport.Start(settings.Telemetry, store, tools.Clock, tools.Logs.CreateLogger<Observability>());
    }

    public async ValueTask DisposeAsync()
    {
        if (_export is not null) await _export.DisposeAsync();
        _exposition.Dispose();
    }
}

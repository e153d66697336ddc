using System.Diagnostics.Metrics;

namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>
/// How an instrument is called in Prometheus: dots become underscores, the unit and <c>_total</c> of counters are appended. A collector that
/// gets the same instruments by OTLP calls them the same. https://prometheus.io/docs/practices/naming/
/// </summary>
internal static class MetricName
{
    public static string Of(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + Unit(instrument.Unit);
        return MetricKinds.Of(instrument) == MetricKind.Counter ? name + "_total" : name;
    }

    public static string Label(string tag) => tag.Replace('.', '_');

    private static string Unit(string? unit) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };
}

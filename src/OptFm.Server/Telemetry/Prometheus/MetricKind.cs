using System.Diagnostics.Metrics;

namespace OptFm.Server.Telemetry.Prometheus;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

internal static class MetricKinds
{
    public static MetricKind Of(Instrument instrument) => instrument switch
    {
        Histogram<double> => MetricKind.Histogram,
        Counter<long> or ObservableCounter<long> => MetricKind.Counter,
        _ => MetricKind.Gauge,
    };
}

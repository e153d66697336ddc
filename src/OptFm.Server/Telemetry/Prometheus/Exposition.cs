using System.Diagnostics.Metrics;

namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>Gathers what one meter's instruments measure, from its making on, and shows it as Prometheus reads it.</summary>
/// <remarks>Why no library: docs/decisions/0009-metrics-written-by-hand.md.</remarks>
internal sealed class Exposition : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);
    private readonly Lock _guard = new();

    public Exposition(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter)) listener.EnableMeasurementEvents(instrument, Publish(instrument));
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Looks up what is to be looked up, and writes everything that has a value.</summary>
    public void Write(PrometheusText text)
    {
        lock (_guard)
        {
            foreach (var metric in _metrics.Values) metric.Forget();
            _listener.RecordObservableInstruments();
            foreach (var metric in _metrics.Values) text.Metric(metric);
        }
    }

    public void Dispose() => _listener.Dispose();

    private Metric Publish(Instrument instrument)
    {
        var metric = new Metric(instrument);
        lock (_guard) _metrics.Add(metric.Name, metric);
        return metric;
    }
}

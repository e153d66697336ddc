using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>One instrument and its series.</summary>
internal sealed class Metric(Instrument instrument)
{
    /// <summary>A defect that made up labels must not eat the memory: what comes beyond is not counted.</summary>
    private const int MostSeries = 200;

    private readonly ConcurrentDictionary<LabelValues, Series> _series = new();
    private readonly double[] _bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : [];
    private string[] _labels = [];

    public MetricKind Kind { get; } = MetricKinds.Of(instrument);

    public string Name { get; } = MetricName.Of(instrument);

    public string Help { get; } = instrument.Description ?? "";

    public IReadOnlyList<string> Labels => _labels;

    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>In the order of their labels, so that two scrapes look alike.</summary>
    public IEnumerable<(LabelValues Labels, Series Series)> All => _series
        .OrderBy(pair => pair.Key.First, StringComparer.Ordinal).ThenBy(pair => pair.Key.Second, StringComparer.Ordinal).ThenBy(pair => pair.Key.Third, StringComparer.Ordinal)
        .Select(pair => (pair.Key, pair.Value));

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(tags) is not { } series) return;
        if (instrument.IsObservable) series.Set(value);
        else series.Add(value);
    }

    /// <summary>What is looked up anew at each scrape is forgotten before: a value that can no longer be had must not linger.</summary>
    public void Forget()
    {
        if (instrument.IsObservable) _series.Clear();
    }

    private Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var values = LabelValues.Of(tags);
        if (_series.TryGetValue(values, out var series)) return series;
        if (_series.Count >= MostSeries) return null;

        if (_labels.Length != tags.Length) _labels = Names(tags);
        return _series.GetOrAdd(values, _ => new Series(_bounds));
    }

    private static string[] Names(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var names = new string[tags.Length];
        for (var i = 0; i < names.Length; i++) names[i] = MetricName.Label(tags[i].Key);
        return names;
    }
}

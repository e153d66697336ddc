using System.Globalization;
using System.Text;

namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>The text that Prometheus scrapes. https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(16 * 1024);

    public override string ToString() => _text.ToString();

    /// <summary>Everything of one metric; nothing when it has no value.</summary>
    public void Metric(Metric metric)
    {
        var any = false;
        foreach (var (values, series) in metric.All)
        {
            if (!any) Head(metric.Name, metric.Kind, metric.Help);
            any = true;
            var labels = string.Join(',', metric.Labels.Select((name, i) => $"{name}=\"{Escaped(values[i] ?? "")}\""));
            if (metric.Kind == MetricKind.Histogram) Histogram(metric, labels, series);
            else Sample(metric.Name, labels, series.Read().Value);
        }
    }

    /// <summary>A metric of one value.</summary>
    public void Single(string name, MetricKind kind, string help, double value)
    {
        Head(name, kind, help);
        Sample(name, "", value);
    }

    public void Head(string name, MetricKind kind, string help)
    {
        var word = kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        };
        _text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(word).Append('\n');
    }

    /// <param name="labels">As they are written between the braces; empty for none.</param>
    public void Sample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private void Histogram(Metric metric, string labels, Series series)
    {
        var (sum, count, buckets) = series.Read();
        var comma = labels.Length > 0 ? "," : "";
        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            Sample(metric.Name + "_bucket", $"{labels}{comma}le=\"{Number(metric.Bounds[i])}\"", below);
        }

        Sample(metric.Name + "_bucket", $"{labels}{comma}le=\"+Inf\"", count);
        Sample(metric.Name + "_sum", labels, sum);
        Sample(metric.Name + "_count", labels, count);
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escaped(string value) => value
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);
}

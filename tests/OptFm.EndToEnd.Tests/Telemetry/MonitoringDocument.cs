using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>What docs/monitoring.md says in its tables.</summary>
internal static class MonitoringDocument
{
    public static string Text => File.ReadAllText(Checkout.PathOf("docs/monitoring.md"));

    /// <summary>Metrics with type, labels and meaning.</summary>
    public static IReadOnlyDictionary<string, (string Type, string Labels, string Meaning)> Metrics => Rows("## Metrics", "## The dashboard")
        .Where(cells => cells.Length == 5)
        .ToDictionary(cells => cells[0].Trim('`'), cells => (cells[1], cells[2].Replace("`", "", StringComparison.Ordinal), cells[3]), StringComparer.Ordinal);

    /// <summary>Panels with both their meanings, as the dashboard holds them.</summary>
    public static IReadOnlyDictionary<string, string> Panels => Rows("## The dashboard", "## Alerts")
        .Where(cells => cells.Length == 3 && !cells[0].StartsWith('*'))
        .ToDictionary(cells => cells[0], cells => $"{cells[1]}\n\n{cells[2]}", StringComparer.Ordinal);

    /// <summary>The rows of the table between two headings, without its head.</summary>
    private static IEnumerable<string[]> Rows(string from, string to)
    {
        var part = Text[Text.IndexOf("\n" + from, StringComparison.Ordinal)..Text.IndexOf("\n" + to, StringComparison.Ordinal)];
        return part.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
    }
}

using System.Text.RegularExpressions;
using OptFm.EndToEnd.Tests.Deploy;

namespace OptFm.EndToEnd.Tests.Telemetry;

public sealed partial class MetricsTableTests
{
    [Fact]
    public async Task The_document_tells_every_metric_of_the_real_server_and_no_other()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-roots-");
        using var authority = new TestAuthority("roots", folder.FullName);
        await using var bot = await WatchedServer.StartAsync(("WEBHOOK_WATCH", "repair"), ("WEBHOOK_WATCH_INTERVAL", "1"), ("MAX_CA_FILE", Path.Combine(folder.FullName, "fullchain.pem")));
        bot.IsBackedUp();
        await bot.AsksAsync("Как оплатить заказ?");
        await bot.MetricsWithAsync("""optfm_sends_total{channel="max-compat",result="sent"} 1""");
        await bot.MetricsWithAnyAsync("optfm_webhook_accepted_age_seconds");
        await bot.MetricsWithAnyAsync("optfm_certificate_expiry_timestamp_seconds");
        var text = await bot.MetricsWithAsync("""optfm_webhook_subscribed{channel="max-compat"} 1""");
        folder.Delete(recursive: true);

        var shown = Head().Matches(text).ToDictionary(
            match => match.Groups["name"].Value,
            match => (match.Groups["type"].Value, Labels(text, match.Groups["name"].Value), match.Groups["help"].Value),
            StringComparer.Ordinal);

        MonitoringDocument.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).ShouldBe(shown.OrderBy(metric => metric.Key, StringComparer.Ordinal));
    }

    private static string Labels(string text, string name)
    {
        var sample = text.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal));
        var labels = Label().Matches(sample).Select(match => match.Groups["label"].Value).Where(label => label != "le");
        return string.Join(", ", labels);
    }

    [GeneratedRegex("# HELP (?<name>\\w+) (?<help>.*)\n# TYPE \\w+ (?<type>\\w+)\n", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Head();

    [GeneratedRegex("(?<label>\\w+)=\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}

using System.Text.RegularExpressions;
using OptFm.EndToEnd.Tests.Deploy;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>Proves: every alert speaks when it should, is silent when it should be, and is explained.</summary>
public sealed partial class AlertTests
{
    private const string Folder = "deploy/prometheus/";

    [Fact]
    public async Task Prometheus_accepts_the_rules_and_the_example()
    {
        var promtool = Tool.Find("promtool", "prometheus");

        await Tool.MustRunAsync(promtool, "check", "config", Checkout.PathOf(Folder + "prometheus.yml"));
    }

    [Theory]
    [InlineData("optfm.rules.test.yml")]
    [InlineData("optfm.rules.days.test.yml")]
    public async Task Alerts_speak_and_are_silent_as_their_own_tests_say(string tests)
    {
        var promtool = Tool.Find("promtool", "prometheus");

        await Tool.MustRunAsync(promtool, "test", "rules", Checkout.PathOf(Folder + tests));
    }

    [Fact]
    public void Every_alert_is_tested_both_ways_and_explained()
    {
        var rules = Read("optfm.rules.yml");
        var tests = Read("optfm.rules.test.yml") + Read("optfm.rules.days.test.yml");
        var alerts = AlertName().Matches(rules).Select(match => match.Groups["name"].Value).ToList();

        alerts.Count.ShouldBeGreaterThan(15);
        foreach (var alert in alerts)
        {
            tests.ShouldContain($"  - name: {alert} speaks\n");
            tests.ShouldContain($"  - name: {alert} is silent\n");
            MonitoringDocument.Text.ShouldContain($"\n### {alert}\n");
        }

        MonitoringDocument.Text.Split('\n').Count(line => line.StartsWith("### ", StringComparison.Ordinal)).ShouldBe(alerts.Count);
    }

    [Fact]
    public void What_an_alert_says_stands_in_the_document()
    {
        var said = Annotation().Matches(Read("optfm.rules.yml")).Select(match => match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)).ToList();

        said.Count.ShouldBeGreaterThan(60);
        foreach (var text in said) MonitoringDocument.Text.ShouldContain(text);
    }

    private static string Read(string file) => File.ReadAllText(Checkout.PathOf(Folder + file));

    [GeneratedRegex("- alert: (?<name>\\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AlertName();

    [GeneratedRegex("(summary|summary_ru|action|action_ru): '(?<text>.*)'\n", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Annotation();
}

using System.Text.Json;
using OptFm.EndToEnd.Tests.Deploy;
using OptFm.EndToEnd.Tests.Repository;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>Proves: each panel of the dashboard shows something of a real server watched by a real Prometheus, and is explained.</summary>
public sealed class DashboardTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_of_the_dashboard_gives_data()
    {
        Tool.Find("prometheus", "prometheus");
        await using var bot = await WatchedServer.StartAsync();
        await using var prometheus = await PrometheusServer.StartAsync(
            bot.Server.BaseAddress,
            await File.ReadAllTextAsync(Checkout.PathOf("deploy/prometheus/prometheus.yml"), Stop),
            Checkout.PathOf("deploy/prometheus/optfm.rules.yml"));
        bot.IsBackedUp();
        // Whatever is rare happens too: one send that fails at first.
        bot.Sandbox.Compat.Faults.Next(1, new Fault(FaultKind.ServerError) { Method = "sendMessage" });

        var empty = Panels().SelectMany(panel => Queries(panel).Select(query => (Title: Text(panel, "title"), Query: query, MayBeEmpty: Text(panel, "description").Contains("May be empty", StringComparison.Ordinal)))).ToList();
        empty.Count.ShouldBeGreaterThan(35);
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var round = 0; empty.Exists(query => !query.MayBeEmpty); round++)
        {
            guard.IsCancellationRequested.ShouldBeFalse(string.Join('\n', empty));
            await bot.AsksAsync("Как оплатить заказ?", chat: $"{round}");
            for (var i = empty.Count - 1; i >= 0; i--)
            {
                if (await prometheus.CountAsync(empty[i].Query) > 0) empty.RemoveAt(i);
            }
        }

        (await prometheus.CountAsync("""ALERTS{alertstate="firing"}""")).ShouldBe(0);
    }

    [Fact]
    public void The_document_explains_every_panel_as_the_dashboard_does()
    {
        var panels = Panels().ToDictionary(panel => Text(panel, "title"), panel => Text(panel, "description"), StringComparer.Ordinal);

        panels.OrderBy(panel => panel.Key, StringComparer.Ordinal).ShouldBe(MonitoringDocument.Panels.OrderBy(panel => panel.Key, StringComparer.Ordinal));
    }

    private static IEnumerable<JsonElement> Panels() => JsonDocument.Parse(File.ReadAllText(Checkout.PathOf("deploy/grafana/optfm.json"))).RootElement
        .GetProperty("panels").EnumerateArray().Where(panel => Text(panel, "type") != "row");

    /// <summary>As Grafana would ask, with its interval for rates short enough for a test.</summary>
    private static IEnumerable<string> Queries(JsonElement panel) => panel.GetProperty("targets").EnumerateArray()
        .Select(target => Text(target, "expr").Replace("$__rate_interval", "30s", StringComparison.Ordinal));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

using System.Net;
using OptFm.EndToEnd.Tests.Deploy;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>Proves: /metrics tells what happened, in the form that Prometheus wants, to those it is meant for and nobody else.</summary>
public sealed class MetricsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_messages_is_counted()
    {
        await using var bot = await WatchedServer.StartAsync();
        var update = await bot.SaysAsync("Как оплатить заказ?");
        (await bot.DeliverAsync(update)).ShouldBe(HttpStatusCode.OK);
        (await bot.DeliverAsync(update, secret: "wrong")).ShouldBe(HttpStatusCode.Unauthorized);
        (await bot.DeliverAsync("[]"u8.ToArray())).ShouldBe(HttpStatusCode.BadRequest);
        await bot.AsksAsync("кого назначили министром авиации Марса");

        var text = await bot.MetricsWithAsync("""optfm_sends_total{channel="max-compat",result="sent"} 2""");

        var lines = text.Split('\n');
        lines.ShouldContain("""optfm_updates_total{channel="max-compat",type="message"} 2""");
        lines.ShouldContain("""optfm_updates_duplicate_total{channel="max-compat"} 1""");
        lines.ShouldContain("""optfm_updates_refused_total{channel="max-compat",reason="secret"} 1""");
        lines.ShouldContain("""optfm_updates_refused_total{channel="max-compat",reason="form"} 1""");
        lines.ShouldContain("""optfm_faq_questions_total{result="answered"} 1""");
        lines.ShouldContain("""optfm_faq_questions_total{result="unknown"} 1""");
        lines.ShouldContain("""optfm_reply_duration_seconds_count{channel="max-compat"} 2""");
        lines.ShouldContain("""optfm_webhook_duration_seconds_count{channel="max-compat"} 3""");
        lines.ShouldContain("optfm_database_up 1");
        lines.ShouldContain("optfm_workers_running 1");
        text.ShouldNotContain("оплатить");
        text.ShouldNotContain("\"77\"");
    }

    [Fact]
    public async Task What_waits_for_a_messenger_that_fails_shows_as_depth_age_and_errors()
    {
        await using var bot = await WatchedServer.StartAsync();
        bot.Sandbox.Compat.Faults.Always(new Fault(FaultKind.ServerError) { Method = "sendMessage" });
        await bot.SaysAsync("Как оплатить заказ?");

        var text = await bot.MetricsWithAsync("""optfm_outbox_replies{channel="max-compat"} 1""");
        for (var failed = false; !failed; text = await bot.MetricsAsync()) failed = Value(text, """optfm_api_errors_total{channel="max-compat",reason="http_5xx"}""") > 0;

        Value(text, """optfm_outbox_oldest_age_seconds{channel="max-compat"}""").ShouldBeGreaterThan(0);
        Value(text, """optfm_sends_total{channel="max-compat",result="sent"}""").ShouldBe(0);
    }

    [Fact]
    public async Task Prometheus_own_checker_finds_nothing_to_complain_of()
    {
        var promtool = Tool.Find("promtool", "prometheus");
        await using var bot = await WatchedServer.StartAsync();
        await bot.AsksAsync("Как оплатить заказ?");
        var file = Path.Combine(bot.Server.Folder, "metrics.txt");
        await File.WriteAllTextAsync(file, await bot.MetricsAsync(), Stop);

        (await Tool.MustRunAsync("/bin/sh", "-c", $"'{promtool}' check metrics <'{file}'")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("198.51.100.7")]
    [InlineData("127.0.0.1, 198.51.100.7")]
    [InlineData("10.0.0.1")]
    [InlineData("2001:db8::1")]
    public async Task Who_came_through_a_proxy_from_elsewhere_finds_no_such_page(string forwardedFor)
    {
        await using var bot = await WatchedServer.StartAsync();

        (await StatusAsync(bot, "/metrics", HttpMethod.Get, forwardedFor)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(bot, "/metrics", HttpMethod.Post, forwardedFor)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(bot, "/nothing", HttpMethod.Get, forwardedFor)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_no_proxy_cannot_pretend_to_come_from_here()
    {
        // Nobody is believed, and the tests' own address is not among the allowed.
        await using var bot = await WatchedServer.StartAsync(("TRUSTED_PROXIES", "192.0.2.1"), ("METRICS_ALLOWED", "10.9.8.0/24"));

        (await StatusAsync(bot, "/metrics", HttpMethod.Get, forwardedFor: null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(bot, "/metrics", HttpMethod.Get, "10.9.8.7")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_machine_may_be_allowed()
    {
        await using var bot = await WatchedServer.StartAsync(("METRICS_ALLOWED", "10.9.8.0/24"));

        (await StatusAsync(bot, "/metrics", HttpMethod.Get, "10.9.8.7")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(bot, "/metrics", HttpMethod.Head, "10.9.8.7")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(bot, "/metrics", HttpMethod.Post, "10.9.8.7")).ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await StatusAsync(bot, "/metrics", HttpMethod.Get, "10.9.9.7")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static double Value(string text, string series)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? double.NaN : double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<HttpStatusCode> StatusAsync(WatchedServer bot, string path, HttpMethod method, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(method, new Uri(bot.Server.BaseAddress, path));
        if (forwardedFor is not null) request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await bot.Server.Client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}

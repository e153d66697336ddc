using System.Text;
using OptFm.EndToEnd.Tests.Faults;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>Proves: a message is one trace from the webhook to the send; nothing of the customer is in it; the collector cannot harm the bot.</summary>
public sealed class OtlpTests
{
    private const string Question = "Как оплатить заказ?";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_is_one_trace_from_the_webhook_to_the_send(bool grpc)
    {
        await using var collector = await Collector.StartAsync(grpc);
        await using var bot = await WatchedServer.StartAsync(Settings(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf")));

        await bot.AsksAsync(Question);

        var send = await collector.Spans.WaitForAsync(span => span.Name == "send reply");
        var webhook = await collector.Spans.WaitForAsync(span => span.Name == "webhook");
        var trace = collector.Spans.All.Where(span => span.Trace == webhook.Trace).ToDictionary(span => span.Name);
        trace.Keys.ShouldBe(["webhook", "store update", "answer", "send reply"], ignoreOrder: true);
        webhook.Parent.ShouldBeEmpty();
        trace["store update"].Parent.ShouldBe(webhook.Id);
        trace["answer"].Parent.ShouldBe(trace["store update"].Id);
        send.Parent.ShouldBe(trace["answer"].Id);
        send.Tags.ShouldContainKeyAndValue("optfm.channel", "max-compat");
        send.Tags.ShouldContainKeyAndValue("optfm.result", "sent");
        trace["answer"].Tags.ShouldContainKeyAndValue("optfm.step", "faq");
    }

    [Fact]
    public async Task Metrics_are_sent_too_with_the_key_and_nothing_of_the_customer_or_the_shop()
    {
        await using var collector = await Collector.StartAsync(grpc: false);
        await using var bot = await WatchedServer.StartAsync(Settings(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=k-123")));

        await bot.AsksAsync(Question, chat: "987654321");

        await collector.Spans.WaitForAsync(span => span.Name == "send reply");
        foreach (var name in (string[])["optfm.updates", "optfm.reply.duration", "optfm.inbox.updates", "dotnet.gc.collections"])
            await collector.Metrics.WaitForAsync(metric => metric == name);
        collector.Keys.All.ShouldAllBe(key => key == "k-123");
        var all = string.Concat(collector.Raw.All.Select(Encoding.UTF8.GetString));
        all.ShouldContain("service.name");
        foreach (var secret in (string[])[Question, "оплат", "Ольга", "987654321", "user_", Crowd.Secret, bot.Sandbox.Compat.Token]) all.ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_trace_outlives_the_server()
    {
        await using var collector = await Collector.StartAsync(grpc: false);
        await using var bot = await WatchedServer.StartAsync(Settings(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")));
        bot.Sandbox.Compat.Faults.Always(new Fault(FaultKind.ServerError) { Method = "sendMessage" });
        await bot.SaysAsync(Question);
        var webhook = await collector.Spans.WaitForAsync(span => span.Name == "webhook");
        await collector.Spans.WaitForAsync(span => span.Name == "send reply" && span.Tags["optfm.result"] == "retry");

        await bot.Server.KillAsync();
        bot.Sandbox.Compat.Faults.Clear();
        await bot.Server.StartAgainAsync(TestContext.Current.CancellationToken);

        var sent = await collector.Spans.WaitForAsync(span => span.Name == "send reply" && span.Tags["optfm.result"] == "sent");
        sent.Trace.ShouldBe(webhook.Trace);
    }

    [Fact]
    public async Task Callers_cannot_name_a_trace_of_their_own()
    {
        const string forged = "0af7651916cd43dd8448eb211c80319c";
        await using var collector = await Collector.StartAsync(grpc: false);
        await using var bot = await WatchedServer.StartAsync(Settings(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")));
        using var request = Crowd.Request(bot.Server.BaseAddress, Crowd.Update("5", 1, Question));
        request.Headers.Add("traceparent", $"00-{forged}-b7ad6b7169203331-01");
        using var answer = await bot.Server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await collector.Spans.WaitForAsync(span => span.Name == "webhook")).Trace.ShouldNotBe(forged);
    }

    [Fact]
    public async Task What_the_sampler_leaves_out_is_not_traced_at_any_stage()
    {
        await using var collector = await Collector.StartAsync(grpc: false);
        await using var bot = await WatchedServer.StartAsync(
            Settings(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0")));

        await bot.AsksAsync(Question);
        await bot.Server.StopAsync();

        collector.Spans.Count.ShouldBe(0);
        using var stored = Stored.Of(bot.Server);
        stored.Count("inbox", "trace IS NOT NULL").ShouldBe(0);
        stored.Count("outbox").ShouldBe(1);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_collector_that_is_down_is_not_noticed(string protocol)
    {
        await using var bot = await WatchedServer.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9/"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"));

        for (var i = 0; i < 5; i++) await bot.AsksAsync(Question);

        (await bot.Server.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_collector_nothing_of_OpenTelemetry_is_loaded()
    {
        await using var bot = await WatchedServer.StartAsync();

        await bot.AsksAsync(Question);
        await bot.MetricsAsync();

        (await File.ReadAllTextAsync($"/proc/{bot.Server.Process.Id}/maps", TestContext.Current.CancellationToken)).ShouldNotContain("OpenTelemetry");
        using var stored = Stored.Of(bot.Server);
        stored.Count("inbox", "trace IS NOT NULL").ShouldBe(0);
    }

    private static (string Name, string Value)[] Settings(Collector collector, params (string Name, string Value)[] more) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"), .. more,
    ];
}

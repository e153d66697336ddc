using System.Diagnostics.Metrics;
using OptFm.Server.Channels;
using OptFm.Server.Telemetry;
using OptFm.Server.Telemetry.Prometheus;

namespace OptFm.Server.Tests.Telemetry;

/// <summary>Proves: what is measured shows as Prometheus reads it, and no made-up name can fill the memory.</summary>
public sealed class ExpositionTests
{
    [Fact]
    public void Counters_add_up_under_their_labels()
    {
        using var meter = new Meter("test");
        using var exposition = new Exposition(meter);
        var counter = meter.CreateCounter<long>("shop.sends", null, "Calls.");
        counter.Add(1, new KeyValuePair<string, object?>("channel", "max"), new("result", "sent"));
        counter.Add(2, new KeyValuePair<string, object?>("channel", "max"), new("result", "sent"));
        counter.Add(1, new KeyValuePair<string, object?>("channel", "max"), new("result", "lost"));

        Text(exposition).ShouldBe(
            """
            # HELP shop_sends_total Calls.
            # TYPE shop_sends_total counter
            shop_sends_total{channel="max",result="lost"} 1
            shop_sends_total{channel="max",result="sent"} 3

            """);
    }

    [Fact]
    public void A_histogram_counts_into_its_bucket_and_all_above()
    {
        using var meter = new Meter("test");
        using var exposition = new Exposition(meter);
        var histogram = meter.CreateHistogram("shop.wait", "s", "Waits.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var seconds in (double[])[0.0625, 0.1, 0.5, 7]) histogram.Record(seconds);

        Text(exposition).ShouldBe(
            """
            # HELP shop_wait_seconds Waits.
            # TYPE shop_wait_seconds histogram
            shop_wait_seconds_bucket{le="0.1"} 2
            shop_wait_seconds_bucket{le="1"} 3
            shop_wait_seconds_bucket{le="+Inf"} 4
            shop_wait_seconds_sum 7.6625
            shop_wait_seconds_count 4

            """);
    }

    [Fact]
    public void What_is_looked_up_is_forgotten_when_it_can_no_longer_be_had()
    {
        using var meter = new Meter("test");
        using var exposition = new Exposition(meter);
        var sizes = new List<Measurement<long>> { new(4096) };
        meter.CreateObservableGauge("shop.database.size", () => sizes, "By", "Size.");

        Text(exposition).ShouldContain("\nshop_database_size_bytes 4096\n");
        sizes.Clear();
        Text(exposition).ShouldBeEmpty();
    }

    [Fact]
    public void Values_of_labels_cannot_break_out_of_their_line()
    {
        using var meter = new Meter("test");
        using var exposition = new Exposition(meter);
        meter.CreateCounter<long>("shop.sends", null, "a\nb").Add(1, new KeyValuePair<string, object?>("channel", "a\"} 7\n\\"));

        Text(exposition).ShouldBe("# HELP shop_sends_total a\\nb\n# TYPE shop_sends_total counter\nshop_sends_total{channel=\"a\\\"} 7\\n\\\\\"} 1\n");
    }

    [Fact]
    public void Made_up_types_of_updates_are_one_series()
    {
        using var meter = new BotMeter(TimeProvider.System);
        using var exposition = new Exposition(meter.Meter);
        for (var i = 0; i < 1000; i++) meter.Stored("max", $"made_up_{i}", fresh: true);
        meter.Stored("max", "message_created", fresh: true);

        var lines = Text(exposition).Split('\n').Where(line => line.StartsWith("optfm_updates_total{", StringComparison.Ordinal));
        lines.ShouldBe(["optfm_updates_total{channel=\"max\",type=\"message_created\"} 1", "optfm_updates_total{channel=\"max\",type=\"other\"} 1000"]);
    }

    [Fact]
    public void Even_a_defect_that_makes_up_labels_stays_bounded()
    {
        using var meter = new Meter("test");
        using var exposition = new Exposition(meter);
        var counter = meter.CreateCounter<long>("shop.sends");
        for (var i = 0; i < 10_000; i++) counter.Add(1, new KeyValuePair<string, object?>("chat", $"{i}"));

        Text(exposition).Split('\n').Length.ShouldBeLessThan(250);
    }

    [Fact]
    public void Threads_that_count_together_lose_nothing()
    {
        using var meter = new BotMeter(TimeProvider.System);
        using var exposition = new Exposition(meter.Meter);

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 10_000; i++) meter.Sent("max", SendResult.Sent(null), meter.Now);
        });

        var text = Text(exposition);
        text.ShouldContain("optfm_sends_total{channel=\"max\",result=\"sent\"} 80000\n");
        text.ShouldContain("optfm_send_duration_seconds_count{channel=\"max\"} 80000\n");
    }

    private static string Text(Exposition exposition)
    {
        var text = new PrometheusText();
        exposition.Write(text);
        return text.ToString();
    }
}

using System.Text;
using System.Text.Json;
using OptFm.Server.Tests.Operations;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Tests.Watchdog;

/// <summary>Proves: one node asks, all tell, a restart forgets nothing, and the watch outlives what goes wrong.</summary>
public sealed class NodeStories
{
    [Fact]
    public async Task A_restart_forgets_neither_what_was_found_nor_how_often_it_was_tried()
    {
        await using var watched = await Watched.MaxAsync();
        for (var look = 0; look < 12; look++)
        {
            await watched.LookAsync();
            watched.Sandbox.Max.DropWebhook(Watched.Max);
        }

        var before = watched.Board.Latest.Of("max");
        await watched.RestartAsync();

        watched.Board.Latest.Of("max").Repairs.ShouldBe(before.Repairs);
        watched.Board.Warnings.ShouldBe(before.Warnings);
        watched.Log.Told.Clear();
        await watched.LookAsync();
        watched.Log.Told.ShouldNotContain(line => line.Contains("somebody else"));
    }

    [Fact]
    public async Task A_node_that_is_not_on_duty_asks_nobody_and_tells_what_the_other_found()
    {
        await using var watched = await Watched.MaxAsync(("WEBHOOK_WATCH", "warn"));
        await watched.LookAsync();

        watched.OnDuty = false;
        await watched.RestartAsync();
        watched.Sandbox.Max.SetWebhook(Watched.Max, "s3cret");
        var state = await watched.LookAsync();

        state.Subscription.ShouldBe(Subscription.Gone);
        watched.Board.Warnings.ShouldHaveSingleItem().Id.ShouldBe("max-webhook");
    }

    [Fact]
    public async Task A_delivery_that_one_node_took_counts_for_the_other()
    {
        await using var watched = await Watched.MaxAsync();
        watched.Book.Accepted("max");
        var at = watched.Time.GetUtcNow();
        await watched.Watchdog.ShareAsync();

        await watched.RestartAsync();

        watched.Board.Latest.DeliveriesOf("max").Accepted.ShouldBe(at);
    }

    [Fact]
    public async Task Left_alone_it_looks_after_a_while_and_again_and_ends_when_told()
    {
        await using var watched = await Watched.MaxAsync();
        using var stop = new CancellationTokenSource();
        var running = watched.Watchdog.RunAsync(stop.Token);

        for (var round = 0; round < 2; round++)
        {
            await Wait.Until(() =>
            {
                watched.Time.Advance(TimeSpan.FromSeconds(1));
                return watched.Sandbox.Max.Webhooks.Count > 0;
            });
            watched.Sandbox.Max.DropWebhook(Watched.Max);
        }

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Turned_off_it_asks_nobody()
    {
        await using var watched = await Watched.MaxAsync(("WEBHOOK_WATCH", "off"));

        await watched.Watchdog.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        watched.Board.Latest.ShouldBe(WatchPicture.Empty);
    }

    [Fact]
    public async Task What_anybody_may_read_names_no_address()
    {
        await using var watched = await Watched.MaxAsync(("WEBHOOK_WATCH", "warn"));
        watched.Sandbox.Max.SetWebhook(new Uri("https://old.example.ru/secret-path/"));
        watched.Book.Accepted("max");
        await watched.LookAsync();

        var status = Status(json => WatchStatus.Write(json, "max", watched.Board.Latest));
        var health = WatchStatus.Health(watched.Board.Warnings).ToJsonString();

        status.ShouldBe("""{"subscription":{"state":"gone","checked_at":"2026-08-01T09:05:00Z","last_accepted":"2026-08-01T09:00:00Z","warnings":["max-webhook"]}}""");
        health.ShouldBe("""[{"id":"max-webhook","level":"failure","since":"2026-08-01T09:05:00Z"}]""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"repairs":null}""")]
    [InlineData("""{"subscription":"Moon"}""")]
    public void A_state_that_cannot_be_read_is_one_that_knows_nothing(string json) => WatchJson.Read(json).Subscription.ShouldBe(Subscription.Unknown);

    private static string Status(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

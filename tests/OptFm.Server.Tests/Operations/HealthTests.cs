using System.Text.Json.Nodes;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

public sealed class HealthTests
{
    private static readonly HealthReport Well = new()
    {
        DatabaseWritable = _ => Task.FromResult(true),
        Queue = _ => Task.FromResult(new QueueAges(null, TimeSpan.FromSeconds(2))),
        WorkersRunning = () => true,
        FaqEntries = () => 23,
        Channels = () => [new("max", true, DateTimeOffset.UnixEpoch, null), new("telegram", false, null, null)],
    };

    [Fact]
    public async Task All_well_is_healthy_and_says_of_what()
    {
        var state = await new Health(Well, TimeProvider.System).CheckAsync();

        state.Healthy.ShouldBeTrue();
        JsonNode.DeepEquals(state.Body["components"], JsonNode.Parse("""
            {
              "database": {"status": "ok"},
              "queue": {"status": "ok", "oldest_pending_seconds": null, "oldest_due_seconds": 2},
              "faq": {"status": "ok", "entries": 23},
              "backup": {"status": "off"},
              "max": {"status": "ok", "last_contact": "1970-01-01T00:00:00Z"},
              "telegram": {"status": "off"}
            }
            """)).ShouldBeTrue(state.Body.ToJsonString());
    }

    [Fact]
    public async Task Somebody_elses_outage_is_no_reason_to_restart_us()
    {
        var contacts = new ChannelContacts(TimeProvider.System);
        contacts.Heard("max");
        contacts.Failed("max", "http_502");
        contacts.Failed("telegram", "POST https://api.telegram.org/bot12:secret failed");
        var report = Well with
        {
            Queue = _ => Task.FromResult(new QueueAges(TimeSpan.FromHours(1), TimeSpan.FromHours(5))),
            FaqEntries = () => 0,
            Channels = () => [contacts.Of("max", true), contacts.Of("telegram", true)],
        };

        var state = await new Health(report, TimeProvider.System).CheckAsync();

        state.Healthy.ShouldBeTrue();
        foreach (var name in (string[])["queue", "faq", "max", "telegram"]) state.Body["components"]![name]!["status"]!.GetValue<string>().ShouldBe("degraded", name);
        state.Body["components"]!["max"]!["last_error"]!.GetValue<string>().ShouldBe("http_502");
        state.Body.ToJsonString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_is_unhealthy_and_the_reason_stays_here()
    {
        (await Check(Well with { DatabaseWritable = _ => Task.FromResult(false) })).Healthy.ShouldBeFalse();
        var failing = await Check(Well with { DatabaseWritable = _ => throw new IOException("/srv/var/optfm.db is full") });
        failing.Healthy.ShouldBeFalse();
        failing.Body.ToJsonString().ShouldNotContain("/srv");
        (await Check(Well with { Queue = _ => throw new IOException("broken") })).Healthy.ShouldBeFalse();
    }

    [Fact]
    public async Task Stopped_workers_are_unhealthy()
    {
        var state = await Check(Well with { WorkersRunning = () => false });

        state.Healthy.ShouldBeFalse();
        state.Body["components"]!["queue"]!["status"]!.GetValue<string>().ShouldBe("down");
    }

    [Fact]
    public async Task A_database_that_hangs_is_asked_once_however_many_ask_us()
    {
        var asked = 0;
        var hangs = Well with
        {
            DatabaseWritable = async _ =>
            {
                Interlocked.Increment(ref asked);
                await new TaskCompletionSource().Task;
                return true;
            },
        };
        var health = new Health(hangs, TimeProvider.System);

        var states = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => health.CheckAsync()));

        states.ShouldAllBe(state => !state.Healthy);
        asked.ShouldBe(1);
    }

    private static Task<HealthState> Check(HealthReport report) => new Health(report, TimeProvider.System).CheckAsync();
}

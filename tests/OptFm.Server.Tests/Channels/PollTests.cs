using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;

namespace OptFm.Server.Tests.Channels;

public sealed class PollTests : IDisposable
{
    private readonly StubHandler _messenger = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _messenger.Dispose();

    [Fact]
    public async Task Max_gives_updates_as_they_were_written_and_a_marker()
    {
        using var channel = TestChannels.Max(_messenger.Answers("""{"updates":[{"update_type":"x", "n":116327994376978687}],"marker":25493970}"""));
        var batch = await channel.PollAsync("25493960", Stop);
        batch.Marker.ShouldBe("25493970");
        Encoding.UTF8.GetString(batch.Updates.ShouldHaveSingleItem().Span).ShouldBe("""{"update_type":"x", "n":116327994376978687}""");
        _messenger.Calls[0].Path.ShouldBe("/updates?limit=100&timeout=30&marker=25493960");
    }

    [Fact]
    public async Task Max_keeps_the_marker_when_none_is_given()
    {
        using var channel = TestChannels.Max(_messenger.Answers("""{"updates":[],"marker":null}"""));
        (await channel.PollAsync("5", Stop)).Marker.ShouldBe("5");
    }

    /// <summary>MAX takes 30 requests a second from a bot, whatever they are: two are left for others than messages, and two for polls.</summary>
    [Fact]
    public void Max_leaves_room_for_requests_that_are_no_messages()
    {
        using var delivered = new MaxChannel(TestChannels.MaxOptions("https://platform-api2.max.ru"), _messenger, TimeProvider.System, NullLogger<MaxChannel>.Instance);
        delivered.Limits.PerMinute.ShouldBe(1680);
        using var polled = new MaxChannel(TestChannels.MaxOptions("https://platform-api2.max.ru") with { Polling = true }, _messenger, TimeProvider.System, NullLogger<MaxChannel>.Instance);
        polled.Limits.PerMinute.ShouldBe(1560);
        using var slow = new MaxChannel(TestChannels.MaxOptions("https://platform-api2.max.ru") with { Polling = true, PerMinute = 60 }, _messenger, TimeProvider.System, NullLogger<MaxChannel>.Instance);
        slow.Limits.PerMinute.ShouldBe(60);
    }

    [Fact]
    public async Task A_refused_poll_says_why()
    {
        using var channel = TestChannels.Max(_messenger.Answers("""{"code":"verify.token","message":"Invalid access_token"}""", HttpStatusCode.Unauthorized));
        (await Should.ThrowAsync<PollException>(() => channel.PollAsync(null, Stop))).Message.ShouldContain("MAX_API_KEY");
    }

    [Fact]
    public async Task Telegram_confirms_a_batch_only_when_it_is_asked_for_the_next()
    {
        _messenger.Answers("""{"ok":true,"result":[{"update_id":10},{"update_id":11}]}""").Answers("""{"ok":true,"result":[]}""").Answers("""{"ok":true,"result":[]}""");
        using var channel = TestChannels.Telegram(_messenger);
        var first = await channel.PollAsync(null, Stop);
        first.Marker.ShouldBe("12");
        (await channel.PollAsync(first.Marker, Stop)).Marker.ShouldBe("12");
        _messenger.LastBody.GetProperty("offset").GetInt64().ShouldBe(12);
        await channel.PollAsync("12", Stop);
        _messenger.LastBody.TryGetProperty("offset", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Telegram_ids_that_restart_lower_are_still_fetched()
    {
        _messenger.Answers("""{"ok":true,"result":[{"update_id":3}]}""");
        using var channel = TestChannels.Telegram(_messenger);
        var batch = await channel.PollAsync("900000000", Stop);
        _messenger.LastBody.TryGetProperty("offset", out _).ShouldBeFalse();
        (batch.Updates.Count, batch.Marker).ShouldBe((1, "4"));
    }

    [Fact]
    public async Task One_spoilt_update_does_not_hold_back_the_others()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 80)) + new string(']', 80);
        _messenger.Answers($$"""{"ok":true,"result":[{"update_id":1,"x":{{deep}}},{"update_id":2,"y":"\ud800"}]}""");
        using var channel = TestChannels.Telegram(_messenger);
        var batch = await channel.PollAsync(null, Stop);
        batch.Updates.Select(u => channel.Read(u) is null).ShouldBe([true, false]);
        batch.Marker.ShouldBe("3");
    }

    [Fact]
    public async Task A_conflict_with_a_webhook_is_an_error()
    {
        _messenger.Answers("""{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active"}""", HttpStatusCode.Conflict);
        using var channel = TestChannels.Telegram(_messenger);
        (await Should.ThrowAsync<PollException>(() => channel.PollAsync(null, Stop))).Message.ShouldContain("Conflict");
    }
}

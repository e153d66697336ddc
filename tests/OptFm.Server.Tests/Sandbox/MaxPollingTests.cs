using System.Text.Json;
using OptFm.Sandbox;

namespace OptFm.Server.Tests.Sandbox;

public sealed class MaxPollingTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false, Time = time, AllowHttpWebhooks = true });
        bot = new FakeBot(sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Passing_a_marker_commits_everything_before_it_and_nothing_else_does()
    {
        await SayAsync("раз", "два");

        var (texts, marker) = await PollAsync();
        texts.ShouldBe(["раз", "два"]);
        (await PollAsync()).Texts.ShouldBe(["раз", "два"], "without a marker nothing is committed");

        await SayAsync("три");
        (await PollAsync(marker)).Texts.ShouldBe(["три"]);
        (await PollAsync()).Texts.ShouldBe(["три"], "the marker has committed the first two");
    }

    [Fact]
    public async Task A_batch_ends_where_its_limit_says_and_the_marker_goes_on_from_there()
    {
        await SayAsync("раз", "два", "три");
        var (first, marker) = await PollAsync(limit: 2);
        first.ShouldBe(["раз", "два"]);
        (await PollAsync(marker, limit: 2)).Texts.ShouldBe(["три"]);
    }

    [Fact]
    public async Task A_poll_waits_for_an_update()
    {
        var poll = PollAsync(timeout: 30);
        poll.IsCompleted.ShouldBeFalse();
        await SayAsync("вот");
        (await poll).Texts.ShouldBe(["вот"]);
    }

    [Fact]
    public async Task Only_the_wanted_types_come()
    {
        await sandbox.Max.CustomerStartsAsync("1", "promo");
        await SayAsync("раз");
        var told = await bot.Max("GET /updates?timeout=0&types=bot_started,bot_stopped");
        var update = told.Json.GetProperty("updates").EnumerateArray().ShouldHaveSingleItem();
        update.GetProperty("update_type").GetString().ShouldBe("bot_started");
        update.GetProperty("payload").GetString().ShouldBe("promo");
    }

    [Fact]
    public async Task While_a_webhook_stands_polling_gets_nothing()
    {
        await SayAsync("раз");
        await using var ear = await WebhookEar.OpenAsync();
        await bot.Max("POST /subscriptions", new { url = ear.Address });
        (await PollAsync()).Texts.ShouldBeEmpty();
        await bot.Max($"DELETE /subscriptions?url={Uri.EscapeDataString(ear.Address.AbsoluteUri)}");
        (await PollAsync()).Texts.ShouldBe(["раз"]);
    }

    [Fact]
    public async Task An_update_lives_24_hours()
    {
        await SayAsync("старое");
        time.Advance(TimeSpan.FromHours(23));
        await SayAsync("новое");
        time.Advance(TimeSpan.FromHours(2));
        (await PollAsync()).Texts.ShouldBe(["новое"]);
    }

    [Fact]
    public async Task A_message_looks_like_one_of_MAX()
    {
        await sandbox.Max.CustomerSaysAsync("-70801090403050", "в группе", new() { UserId = "5", LastName = "К" });
        var update = (await bot.Max("GET /updates?timeout=0")).Json.GetProperty("updates")[0];
        var message = update.GetProperty("message");

        message.GetProperty("body").GetProperty("seq").GetInt64().ShouldBeGreaterThan(1L << 53);
        message.GetProperty("recipient").GetProperty("chat_id").GetInt64().ShouldBe(-70801090403050);
        message.GetProperty("recipient").GetProperty("chat_type").GetString().ShouldBe("chat");
        message.GetProperty("recipient").TryGetProperty("user_id", out _).ShouldBeFalse();
        message.GetProperty("sender").GetProperty("user_id").GetInt64().ShouldBe(5);
        update.TryGetProperty("update_id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_press_on_no_known_message_has_a_null_message()
    {
        await sandbox.Max.CustomerPressesAsync("1", "faq");
        var update = (await bot.Max("GET /updates?timeout=0")).Json.GetProperty("updates")[0];
        update.GetProperty("message").ValueKind.ShouldBe(JsonValueKind.Null);
        update.GetProperty("callback").GetProperty("payload").GetString().ShouldBe("faq");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=many")]
    [InlineData("timeout=91")]
    [InlineData("marker=x")]
    public async Task Nonsense_is_refused(string query) => (await bot.Max($"GET /updates?{query}")).Status.ShouldBe(400);

    private async Task SayAsync(params string[] texts)
    {
        foreach (var text in texts) await sandbox.Max.CustomerSaysAsync("1", text);
    }

    private async Task<(List<string?> Texts, long Marker)> PollAsync(long? marker = null, int limit = 100, int timeout = 0)
    {
        var told = await bot.Max($"GET /updates?limit={limit}&timeout={timeout}&marker={marker}");
        told.Status.ShouldBe(200);
        var texts = told.Json.GetProperty("updates").EnumerateArray()
            .Select(update => update.GetProperty("message").GetProperty("body").GetProperty("text").GetString());
        return (texts.ToList(), told.Json.GetProperty("marker").GetInt64());
    }
}

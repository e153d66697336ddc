using OptFm.Sandbox;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Limits;

namespace OptFm.Server.Tests.Sandbox;

public sealed class LimitAndFaultTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            Time = time,
            KnownChatsOnly = false,
            CompatLimits = SandboxLimits.Compat with { PerMinute = 3 },
        });
        bot = new FakeBot(sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task MAX_takes_two_calls_a_second_in_a_chat()
    {
        await SayInMaxAsync(("1", 200), ("1", 200), ("1", 429), ("2", 200));
        time.Advance(TimeSpan.FromSeconds(1));
        await SayInMaxAsync(("1", 200));

        var violation = sandbox.Log.Violations.All.ShouldHaveSingleItem();
        violation.Chat.ShouldBe("1");
        violation.Limit.ShouldBe("per second in a chat");
        sandbox.Max.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task MAX_takes_thirty_calls_a_second_from_a_bot()
    {
        await SayInMaxAsync([.. Enumerable.Range(1, 30).Select(chat => ($"{chat}", 200)), ("31", 429)]);
        (await bot.Max("GET /me")).Status.ShouldBe(429);
        time.Advance(TimeSpan.FromSeconds(1));
        (await bot.Max("GET /me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_well_spaced_sender_may_be_a_little_early()
    {
        await SayInMaxAsync(("1", 200), ("1", 200));
        time.Advance(TimeSpan.FromMilliseconds(960));
        await SayInMaxAsync(("1", 200));
        time.Advance(TimeSpan.FromMilliseconds(900));
        await SayInMaxAsync(("1", 200), ("1", 429));
    }

    [Fact]
    public async Task MAX_may_be_polled_twice_a_second()
    {
        foreach (var status in new[] { 200, 200, 429 }) (await bot.Max("GET /updates?timeout=0")).Status.ShouldBe(status);
    }

    [Fact]
    public async Task An_answer_to_a_press_spends_the_chats_budget_at_MAX()
    {
        await SayInMaxAsync(("1", 200), ("1", 200));
        var press = await sandbox.Max.CustomerPressesAsync("1", "y");
        (await bot.Max($"POST /answers?callback_id={press.Id}", new { notification = "да" })).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Telegram_takes_one_message_a_second_in_a_chat_and_names_the_wait()
    {
        (await bot.SayInTelegram("1", "раз")).Status.ShouldBe(200);
        var told = await bot.SayInTelegram("1", "два");
        told.Status.ShouldBe(429);
        told.Json.GetProperty("parameters").GetProperty("retry_after").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Telegram_takes_twenty_messages_a_minute_in_a_group()
    {
        for (var i = 0; i < 20; i++) (await bot.SayInTelegram("-5", "раз")).Status.ShouldBe(200);
        (await bot.SayInTelegram("-5", "раз")).Json.GetProperty("parameters").GetProperty("retry_after").GetInt32().ShouldBe(60);
    }

    [Fact]
    public async Task A_tariff_of_the_guides_MAX_may_count_by_the_minute()
    {
        foreach (var status in new[] { 200, 200, 200, 429 })
            (await bot.Compat("sendMessage", new { chat_id = "u", text = "раз" })).Status.ShouldBe(status);
        time.Advance(TimeSpan.FromMinutes(1));
        (await bot.Compat("sendMessage", new { chat_id = "u", text = "раз" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_fault_hits_the_next_calls_it_fits_and_no_other()
    {
        sandbox.Max.Faults.Next(2, new Fault(FaultKind.ServerError) { Method = "POST /messages", Chat = "1" });
        await SayInMaxAsync(("2", 200), ("1", 503), ("1", 503));
        time.Advance(TimeSpan.FromSeconds(2));
        await SayInMaxAsync(("1", 200));
        sandbox.Max.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_429_may_name_a_wait_or_not()
    {
        sandbox.Max.Faults.Next(1, new Fault(FaultKind.TooManyRequests)).Next(1, new Fault(FaultKind.TooManyRequests) { RetryAfter = TimeSpan.FromSeconds(7) });
        (await bot.SayInMax("1", "раз")).RetryAfter.ShouldBeNull();
        (await bot.SayInMax("2", "раз")).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        sandbox.Telegram.Faults.Next(1, new Fault(FaultKind.TooManyRequests) { RetryAfter = TimeSpan.FromSeconds(9) });
        (await bot.SayInTelegram("1", "раз")).Json.GetProperty("parameters").GetProperty("retry_after").GetInt32().ShouldBe(9);
    }

    [Theory]
    [InlineData(0, 502)]
    [InlineData(200, 200)]
    public async Task A_proxy_may_answer_with_a_page(int asked, int status)
    {
        sandbox.Max.Faults.Next(1, new Fault(FaultKind.HtmlBody) { Status = asked });
        var told = await bot.SayInMax("1", "раз");
        told.Status.ShouldBe(status);
        told.Body.ShouldStartWith("<html>");
        sandbox.Max.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_may_hide_behind_200()
    {
        sandbox.Max.Faults.Next(1, new Fault(FaultKind.SuccessFalse));
        var told = await bot.SayInMax("1", "раз");
        told.Status.ShouldBe(200);
        told.Json.GetProperty("success").GetBoolean().ShouldBeFalse();
        sandbox.Telegram.Faults.Next(1, new Fault(FaultKind.SuccessFalse));
        (await bot.SayInTelegram("1", "раз")).Json.GetProperty("ok").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task An_attachment_may_not_be_ready()
    {
        sandbox.Max.Faults.Next(2, new Fault(FaultKind.AttachmentNotReady));
        (await bot.SayInMax("1", "раз")).Json.GetProperty("code").GetString().ShouldBe("attachment.not.ready");
        var edit = await bot.Max("PUT /messages?message_id=m", new { text = "два" });
        edit.Status.ShouldBe(200);
        edit.Json.GetProperty("success").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_group_may_have_moved()
    {
        sandbox.Telegram.Faults.Next(1, new Fault(FaultKind.Moved) { MovedTo = "-1001234" });
        (await bot.SayInTelegram("-5", "раз")).Json.GetProperty("parameters").GetProperty("migrate_to_chat_id").GetInt64().ShouldBe(-1001234);
    }

    [Theory]
    [InlineData(FaultKind.CutBefore, 0)]
    [InlineData(FaultKind.CutAfter, 1)]
    public async Task A_connection_may_be_cut_before_or_after_the_message_is_there(FaultKind kind, int sent)
    {
        sandbox.Max.Faults.Next(1, new Fault(kind));
        await Should.ThrowAsync<HttpRequestException>(() => bot.SayInMax("1", "раз"));
        sandbox.Max.Sent.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task A_slow_answer_comes_after_the_message_is_there()
    {
        sandbox.Max.Faults.Next(1, new Fault(FaultKind.Slow) { Delay = TimeSpan.FromSeconds(30) });
        var answer = bot.SayInMax("1", "раз");
        await sandbox.Log.Sent.WaitForAsync(message => message.Text == "раз");
        answer.IsCompleted.ShouldBeFalse();
        while (!answer.IsCompleted) time.Advance(TimeSpan.FromSeconds(30));
        (await answer).Status.ShouldBe(200);
    }

    [Fact]
    public void The_same_seed_hits_the_same_calls()
    {
        static string Hits(int seed)
        {
            var plan = new FaultPlan(new Random(seed)).Chance(0.5, new Fault(FaultKind.ServerError));
            return string.Concat(Enumerable.Range(0, 64).Select(_ => plan.PickForCall("m", null) is null ? '.' : 'x'));
        }

        Hits(7).ShouldBe(Hits(7));
        Hits(7).ShouldNotBe(Hits(8));
        Hits(7).Count(hit => hit == 'x').ShouldBeInRange(16, 48);
    }

    [Fact]
    public async Task Without_limits_nothing_is_refused_and_nothing_is_kept()
    {
        await using var free = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false, KeepRecords = false, KnownChatsOnly = false });
        using var fast = new FakeBot(free);
        long seen = 0;
        free.Log.Sent.OnAdded = _ => Interlocked.Increment(ref seen);

        var told = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => fast.SayInMax("1", "раз")));

        told.ShouldAllBe(answer => answer.Status == 200);
        seen.ShouldBe(200);
        free.Log.Sent.Count.ShouldBe(200);
        free.Log.Sent.All.ShouldBeEmpty();
    }

    private async Task SayInMaxAsync(params (string Chat, int Status)[] calls)
    {
        foreach (var (chat, status) in calls) (await bot.SayInMax(chat, "раз")).Status.ShouldBe(status);
    }
}

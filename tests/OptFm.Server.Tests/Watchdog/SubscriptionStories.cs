using OptFm.Sandbox.Faults;
using OptFm.Server.Tests.Channels;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Tests.Watchdog;

/// <summary>Proves: a subscription that is gone comes back, ours alone are removed, and nobody is fought.</summary>
public sealed class SubscriptionStories
{
    private static readonly Uri Foreign = new("https://other.example.ru/webhook/max/");

    [Fact]
    public async Task A_subscription_that_MAX_dropped_is_made_again_with_the_secret()
    {
        await using var watched = await Watched.MaxAsync();
        watched.Sandbox.Max.SetWebhook(Watched.Max, "s3cret");
        (await watched.LookAsync()).Subscription.ShouldBe(Subscription.Stands);
        watched.Log.Told.ShouldBeEmpty();

        watched.Sandbox.Max.DropWebhook(Watched.Max);
        (await watched.LookAsync()).Subscription.ShouldBe(Subscription.Stands);

        var hook = watched.Sandbox.Max.Feed.Webhooks.ShouldHaveSingleItem();
        (hook.Url, hook.Secret).ShouldBe((Watched.Max, "s3cret"));
        hook.Types!.ShouldContain("message_callback");
        watched.Log.Told.ShouldHaveSingleItem().ShouldContain("subscribed again");
        (await watched.LookAsync()).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Telegram_is_given_its_webhook_again_too()
    {
        await using var watched = await Watched.TelegramAsync();

        (await watched.LookAsync("telegram")).Subscription.ShouldBe(Subscription.Stands);

        var hook = watched.Sandbox.Telegram.Feed.Webhooks.ShouldHaveSingleItem();
        (hook.Url, hook.Secret).ShouldBe((Watched.Telegram, "s3cret"));
        hook.Types!.ShouldContain("callback_query");
    }

    [Fact]
    public async Task Old_ones_of_this_host_go_a_few_at_a_time_and_hundreds_of_others_stay()
    {
        await using var watched = await Watched.MaxAsync();
        watched.Sandbox.Max.SetWebhook(Watched.Max, "s3cret");
        for (var n = 0; n < 300; n++) watched.Sandbox.Max.SetWebhook(new Uri($"https://shop{n}.example.ru/webhook/max/"));
        for (var n = 0; n < 30; n++) watched.Sandbox.Max.SetWebhook(new Uri($"https://BOT.example.ru/old/{n}"));

        (await watched.LookAsync()).ShouldWarn("max-webhook-others", "warning", "also delivers to");
        watched.Sandbox.Max.Webhooks.Count(url => url.Host == Watched.Max.Host).ShouldBe(11);
        await watched.LookAsync(after: TimeSpan.FromMinutes(10));

        watched.Sandbox.Max.Webhooks.Where(url => url.Host == Watched.Max.Host).ShouldBe([Watched.Max]);
        watched.Sandbox.Max.Webhooks.Count.ShouldBe(301);
        await watched.LookAsync();
        watched.Sandbox.Max.Webhooks.Count.ShouldBe(301);
    }

    [Fact]
    public async Task A_webhook_of_another_host_at_Telegram_is_told_and_left_alone()
    {
        await using var watched = await Watched.TelegramAsync();
        watched.Sandbox.Telegram.SetWebhook(Foreign);

        var state = await watched.LookAsync("telegram");

        state.Subscription.ShouldBe(Subscription.Gone);
        state.ShouldWarn("telegram-webhook", "failure", "delivers to https://other.example.ru").Mend.ShouldBe("sudo optfm webhook set telegram");
        watched.Sandbox.Telegram.Webhooks.ShouldBe([Foreign]);
    }

    [Fact]
    public async Task Our_own_old_address_at_Telegram_is_replaced()
    {
        await using var watched = await Watched.TelegramAsync();
        watched.Sandbox.Telegram.SetWebhook(new Uri("https://bot.example.ru/old/telegram/"));

        await watched.LookAsync("telegram");

        watched.Sandbox.Telegram.Webhooks.ShouldBe([Watched.Telegram]);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.HtmlBody)]
    [InlineData(FaultKind.CutBefore)]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.SuccessFalse)]
    public async Task An_outage_of_the_API_is_no_reason_to_act(FaultKind kind)
    {
        await using var watched = await Watched.StartAsync();
        watched.Sandbox.Max.Faults.Always(new Fault(kind));
        watched.Sandbox.Telegram.Faults.Always(new Fault(kind));

        (await watched.LookAsync()).Warnings.ShouldBeEmpty("one failed call is nothing");
        (await watched.LookAsync()).ShouldWarn("max-api", "failure", "MAX");
        watched.Board.Latest.Of("telegram").ShouldWarn("telegram-api", "failure", "Telegram");
        watched.Sandbox.Max.Webhooks.ShouldBeEmpty();
        watched.Sandbox.Telegram.Webhooks.ShouldBeEmpty();

        watched.Sandbox.Max.Faults.Clear();
        (await watched.LookAsync()).Warnings.ShouldBeEmpty();
        watched.Sandbox.Max.Webhooks.ShouldBe([Watched.Max]);
    }

    [Fact]
    public async Task A_page_that_comes_with_200_is_no_empty_list()
    {
        await using var watched = await Watched.MaxAsync();
        watched.Sandbox.Max.SetWebhook(Watched.Max, "s3cret");
        await watched.LookAsync();
        watched.Sandbox.Max.Faults.Always(new Fault(FaultKind.HtmlBody) { Status = 200 });

        (await watched.LookAsync()).Subscription.ShouldBe(Subscription.Stands, "what was known stays known");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"subscriptions":null}""")]
    [InlineData("""{"subscriptions":{"url":"https://bot.example.ru/"}}""")]
    [InlineData("[]")]
    public async Task What_is_no_list_of_MAX_is_no_empty_list(string json)
    {
        using var channel = TestChannels.Max(new StubHandler().Answers(json));

        (await channel.Admin.InfoAsync(TestContext.Current.CancellationToken)).Worked.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":true,"result":{}}""")]
    [InlineData("""{"ok":true,"result":{"url":7}}""")]
    [InlineData("""{"ok":true,"result":[]}""")]
    public async Task What_names_no_address_at_Telegram_is_no_absent_webhook(string json)
    {
        using var channel = TestChannels.Telegram(new StubHandler().Answers(json));

        (await channel.Admin.InfoAsync(TestContext.Current.CancellationToken)).Worked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_token_is_told_at_once_and_nothing_is_tried()
    {
        await using var watched = await Watched.MaxAsync(("MAX_API_KEY", "hunter2"));

        var state = await watched.LookAsync();

        state.ShouldWarn("max-token", "failure", "MAX refuses the token in MAX_API_KEY");
        watched.Log.Told.ShouldAllBe(line => !line.Contains("hunter2"));
        watched.Sandbox.Max.Webhooks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_removes_it_each_time_is_not_fought_but_told()
    {
        await using var watched = await Watched.MaxAsync();
        var times = 0;
        for (var look = 0; look < 24 * 12; look++)
        {
            await watched.LookAsync();
            if (watched.Sandbox.Max.DropWebhook(Watched.Max)) times++;
        }

        times.ShouldBeInRange(6, 12);
        watched.Board.Latest.Of("max").ShouldWarn("max-webhook-quarrel", "warning", "somebody else removes it");
        watched.Board.Latest.Of("max").ShouldWarn("max-webhook", "failure", "MAX has no webhook");
        watched.Log.Told.Count(line => line.Contains("somebody else")).ShouldBe(1);
    }

    [Fact]
    public async Task What_MAX_drops_after_its_eight_hours_is_made_again_each_time()
    {
        await using var watched = await Watched.MaxAsync();
        for (var day = 0; day < 6; day++)
        {
            (await watched.LookAsync()).Subscription.ShouldBe(Subscription.Stands);
            await watched.LookAsync(after: TimeSpan.FromHours(8));
            watched.Sandbox.Max.DropWebhook(Watched.Max);
        }

        watched.Board.Latest.Of("max").Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_to_subscribe_is_not_repeated_at_every_look()
    {
        await using var watched = await Watched.MaxAsync(("MAX_WEBHOOK_URL", "https://bot.example.ru:8443/webhook/max/"));
        for (var look = 0; look < 24; look++) await watched.LookAsync();

        watched.Log.Told.Count(line => line.Contains("did not work", StringComparison.Ordinal)).ShouldBeInRange(2, 6);
        watched.Board.Latest.Of("max").ShouldWarn("max-webhook", "failure");
    }

    [Fact]
    public async Task Told_only_to_warn_it_changes_nothing()
    {
        await using var watched = await Watched.MaxAsync(("WEBHOOK_WATCH", "warn"));
        watched.Sandbox.Max.SetWebhook(new Uri("https://bot.example.ru/old/"));

        (await watched.LookAsync()).ShouldWarn("max-webhook", "failure", "MAX_WEBHOOK_URL says");

        watched.Sandbox.Max.Webhooks.ShouldBe([new Uri("https://bot.example.ru/old/")]);
    }

    [Fact]
    public async Task Polling_beside_a_subscription_is_told_with_the_command_that_mends_it()
    {
        await using var watched = await Watched.StartAsync(("MAX_UPDATES", "polling"), ("TELEGRAM_WEBHOOK_URL", ""));
        (await watched.LookAsync()).Subscription.ShouldBe(Subscription.Polling);

        watched.Sandbox.Max.SetWebhook(Watched.Max);
        watched.Sandbox.Telegram.SetWebhook(Watched.Telegram);

        (await watched.LookAsync()).ShouldWarn("max-webhook", "failure", "polling gets nothing").Mend.ShouldBe("sudo optfm webhook delete max");
        watched.Board.Latest.Of("telegram").Subscription.ShouldBe(Subscription.Excluded);
        watched.Sandbox.Max.Webhooks.ShouldBe([Watched.Max], "the administrator decides which of the two");
    }
}

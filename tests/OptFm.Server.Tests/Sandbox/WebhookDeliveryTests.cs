using System.Security.Cryptography;
using System.Text;
using OptFm.Sandbox;
using OptFm.Sandbox.Compat;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Faults;

namespace OptFm.Server.Tests.Sandbox;

public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;
    private WebhookEar ear = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false, Time = time, AllowHttpWebhooks = true });
        bot = new FakeBot(sandbox);
        ear = await WebhookEar.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
        await ear.DisposeAsync();
    }

    [Fact]
    public async Task MAX_sends_the_plain_secret_in_its_header()
    {
        await SubscribeAsync("abc-DEF_123");
        var delivery = await sandbox.Max.CustomerSaysAsync("1", "привет");

        delivery.Outcome.ShouldBe(DeliveryOutcome.Accepted);
        var heard = ear.Heard.All.ShouldHaveSingleItem();
        heard.Headers["X-Max-Bot-Api-Secret"].ShouldBe("abc-DEF_123");
        heard.Headers["Content-Type"].ShouldStartWith("application/json");
        heard.Body.ShouldContain("привет");
    }

    [Theory]
    [InlineData(200, DeliveryOutcome.Accepted)]
    [InlineData(202, DeliveryOutcome.Failed)]
    [InlineData(204, DeliveryOutcome.Failed)]
    [InlineData(500, DeliveryOutcome.Failed)]
    public async Task Only_exactly_200_is_a_success_for_MAX(int status, DeliveryOutcome outcome)
    {
        await SubscribeAsync();
        ear.Answer = _ => status;
        (await sandbox.Max.CustomerSaysAsync("1", "привет")).Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task MAX_tries_again_after_60_seconds_and_then_each_time_2_5_times_later()
    {
        await SubscribeAsync();
        ear.Answer = _ => 503;
        await sandbox.Max.CustomerSaysAsync("1", "привет");
        var tries = 1;
        foreach (var pause in new[] { 60, 150, 375, 937.5 })
        {
            time.Advance(TimeSpan.FromSeconds(pause - 1));
            ear.Heard.Count.ShouldBe(tries, "not before its time");
            time.Advance(TimeSpan.FromSeconds(1));
            tries++;
            await sandbox.Log.Deliveries.WaitForCountAsync(tries);
        }
        ear.Answer = _ => 200;
        time.Advance(TimeSpan.FromSeconds(2344));
        (await sandbox.Log.Deliveries.WaitForAsync(attempt => attempt.Accepted)).Number.ShouldBe(6);
        sandbox.Max.PendingUpdates.ShouldBe(0);
        ear.Heard.All.Select(heard => heard.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task After_8_hours_without_a_success_MAX_removes_the_subscription_silently()
    {
        await SubscribeAsync();
        ear.Answer = _ => 500;
        await sandbox.Max.CustomerSaysAsync("1", "привет");

        time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        sandbox.Max.Webhooks.ShouldHaveSingleItem();
        time.Advance(TimeSpan.FromSeconds(1));

        sandbox.Max.Webhooks.ShouldBeEmpty();
        (await bot.Max("GET /subscriptions")).Json.GetProperty("subscriptions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_success_in_between_keeps_the_subscription()
    {
        await SubscribeAsync();
        ear.Answer = _ => 500;
        await sandbox.Max.CustomerSaysAsync("1", "привет");
        ear.Answer = _ => 200;
        await sandbox.Max.CustomerSaysAsync("2", "и я");
        time.Advance(TimeSpan.FromHours(9));
        sandbox.Max.Webhooks.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Subscriptions_accumulate_and_each_gets_its_types()
    {
        await using var other = await WebhookEar.OpenAsync();
        await SubscribeAsync();
        await bot.Max("POST /subscriptions", new { url = other.Address, update_types = new[] { "bot_started" } });

        await sandbox.Max.CustomerSaysAsync("1", "привет");
        await sandbox.Max.CustomerStartsAsync("1");

        ear.Heard.Count.ShouldBe(2);
        other.Heard.All.ShouldHaveSingleItem().Body.ShouldContain("bot_started");
    }

    [Fact]
    public async Task Telegram_takes_any_2xx_and_repeats_the_rest()
    {
        await bot.Telegram("setWebhook", new { url = ear.Address, secret_token = "s3cret" });
        ear.Answer = _ => 502;
        await sandbox.Telegram.CustomerSaysAsync("7", "привет");
        var info = (await bot.Telegram("getWebhookInfo")).Json.GetProperty("result");
        info.GetProperty("pending_update_count").GetInt32().ShouldBe(1);
        info.GetProperty("last_error_message").GetString().ShouldBe("Wrong response from the webhook: 502");

        ear.Answer = _ => 204;
        time.Advance(TimeSpan.FromSeconds(1));
        (await sandbox.Log.Deliveries.WaitForAsync(attempt => attempt.Accepted)).Number.ShouldBe(2);
        ear.Heard.All[0].Headers["X-Telegram-Bot-Api-Secret-Token"].ShouldBe("s3cret");
        sandbox.Telegram.PendingUpdates.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_removed_webhook_of_Telegram_did_not_take_can_be_polled()
    {
        await bot.Telegram("setWebhook", new { url = ear.Address });
        ear.Answer = _ => 500;
        await sandbox.Telegram.CustomerSaysAsync("7", "привет");
        await bot.Telegram("deleteWebhook", new { });

        var updates = (await bot.Telegram("getUpdates", new { timeout = 20 })).Json.GetProperty("result");
        updates.EnumerateArray().ShouldHaveSingleItem().GetProperty("message").GetProperty("text").GetString().ShouldBe("привет");
    }

    [Fact]
    public async Task What_waited_to_be_polled_goes_to_a_new_webhook_of_Telegram()
    {
        await sandbox.Telegram.CustomerSaysAsync("7", "раз");
        await sandbox.Telegram.CustomerSaysAsync("7", "два");
        await bot.Telegram("setWebhook", new { url = ear.Address });
        var heard = await ear.Heard.WaitForCountAsync(2);
        heard[0].Body.ShouldContain("раз");
        heard[1].Body.ShouldContain("два");
    }

    [Theory]
    [InlineData(CompatProof.TelegramHeader, "X-Telegram-Bot-Api-Secret-Token")]
    [InlineData(CompatProof.MaxHeader, "X-Max-Bot-Api-Secret")]
    [InlineData(CompatProof.Signature, "X-Max-Signature")]
    public async Task The_guides_MAX_proves_itself_in_one_of_three_ways(CompatProof proof, string header)
    {
        sandbox.Compat.Proof = proof;
        await bot.Compat("setWebhook", new { url = ear.Address, secret_token = "s3cret" });
        await sandbox.Compat.CustomerSaysAsync("chat_9", "привет", new() { UserId = "user_123" });

        var heard = ear.Heard.All.ShouldHaveSingleItem();
        var hmac = Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8.ToArray(), Encoding.UTF8.GetBytes(heard.Body)));
        heard.Headers[header].ShouldBe(proof == CompatProof.Signature ? hmac : "s3cret");
        heard.Body.ShouldContain("\"id\":\"user_123\"");
        heard.Body.ShouldNotContain("update_id");
    }

    [Fact]
    public async Task A_delivery_can_be_doubled()
    {
        await SubscribeAsync();
        sandbox.Max.Faults.Next(1, new Fault(FaultKind.DuplicateDelivery));
        await sandbox.Max.CustomerSaysAsync("1", "раз");
        await sandbox.Max.CustomerSaysAsync("1", "два");
        ear.Heard.Count.ShouldBe(3);
        ear.Heard.All.Count(heard => heard.Body.Contains("раз")).ShouldBe(2);
    }

    [Fact]
    public async Task A_delivery_can_come_after_the_next_one()
    {
        await SubscribeAsync();
        sandbox.Max.Faults.Next(1, new Fault(FaultKind.ReorderDelivery));
        (await sandbox.Max.CustomerSaysAsync("1", "раз")).Outcome.ShouldBe(DeliveryOutcome.Held);
        await sandbox.Max.CustomerSaysAsync("1", "два");
        ear.Heard.All[0].Body.ShouldContain("два");
        ear.Heard.All[1].Body.ShouldContain("раз");
    }

    [Theory]
    [InlineData(FaultKind.ReorderDelivery)]
    [InlineData(FaultKind.DelayDelivery)]
    public async Task A_delivery_held_back_comes_when_its_time_is_over(FaultKind kind)
    {
        await SubscribeAsync();
        sandbox.Max.Faults.Next(1, new Fault(kind) { Delay = TimeSpan.FromMinutes(3) });
        await sandbox.Max.CustomerSaysAsync("1", "раз");
        ear.Heard.Count.ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(3));
        (await ear.Heard.WaitForCountAsync(1))[0].Body.ShouldContain("раз");
    }

    [Fact]
    public async Task A_webhook_that_is_not_there_is_a_failure_with_a_reason()
    {
        await bot.Max("POST /subscriptions", new { url = "http://127.0.0.1:1/webhook" });
        var delivery = await sandbox.Max.CustomerSaysAsync("1", "раз");
        delivery.ShouldBe(new Delivery(DeliveryOutcome.Failed, null, delivery.Id));
        sandbox.Log.Deliveries.All.ShouldHaveSingleItem().Error.ShouldNotBeNullOrEmpty();
    }

    private async Task SubscribeAsync(string? secret = null) =>
        (await bot.Max("POST /subscriptions", new { url = ear.Address, secret })).Status.ShouldBe(200);
}

using OptFm.Server.Watchdog;

namespace OptFm.Server.Tests.Watchdog;

/// <summary>Proves: deliveries that fail are told long before MAX gives up, and silence is not taken for failure.</summary>
public sealed class DeliveryStories
{
    [Theory]
    [InlineData("secret", "without the right secret", "sudo optfm webhook set max")]
    [InlineData("store", "the database takes no writes", "sudo optfm doctor")]
    [InlineData("address", "refused for its address", "MAX_ALLOWED_IPS")]
    public async Task Deliveries_that_are_all_refused_are_told_after_a_quarter_of_an_hour_and_louder_after_four_hours(string reason, string what, string mend)
    {
        await using var watched = await Watched.MaxAsync();
        watched.Book.Accepted("max");
        watched.Time.Advance(TimeSpan.FromMinutes(1));

        watched.Book.Refused("max", reason);
        (await watched.LookAsync()).Warnings.ShouldBeEmpty("somebody who tries once is no outage");
        watched.Time.Advance(TimeSpan.FromMinutes(15));
        watched.Book.Refused("max", reason);
        var warning = (await watched.LookAsync()).ShouldWarn("max-refusals", "warning", what);
        warning.Mend.ShouldContain(mend);

        watched.Time.Advance(TimeSpan.FromHours(4));
        watched.Book.Refused("max", reason);
        (await watched.LookAsync()).ShouldWarn("max-refusals", "failure").Since.ShouldBe(warning.Since);

        watched.Book.Accepted("max");
        (await watched.LookAsync()).Warnings.ShouldBeEmpty();
        watched.Log.Told[^1].ShouldContain("max-refusals is well again");
    }

    [Fact]
    public async Task A_quiet_night_is_no_failure_and_strangers_without_the_secret_are_none_while_customers_get_through()
    {
        await using var watched = await Watched.MaxAsync();
        watched.Book.Accepted("max");
        for (var hour = 0; hour < 12; hour++) (await watched.LookAsync(after: TimeSpan.FromHours(1))).Warnings.ShouldBeEmpty();

        for (var minute = 0; minute < 60; minute += 5)
        {
            watched.Book.Refused("max", "secret");
            watched.Book.Refused("max", "form");
            watched.Time.Advance(TimeSpan.FromMinutes(1));
            watched.Book.Accepted("max");
            (await watched.LookAsync()).Warnings.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("Connection refused", "nginx is not running", "sudo systemctl start nginx")]
    [InlineData("SSL error {error:0A000086:SSL routines::certificate verify failed}", "does not trust the certificate", "sudo optfm doctor")]
    [InlineData("Wrong response from the webhook: 401 Unauthorized", "refuses the secret", "sudo optfm webhook set telegram")]
    [InlineData("Wrong response from the webhook: 403 Forbidden", "refused for their address or by nginx", "fail2ban")]
    [InlineData("Wrong response from the webhook: 503 Service Unavailable", "cannot store updates", "sudo optfm doctor")]
    [InlineData("Something new", "Something new", "sudo optfm")]
    public async Task What_Telegram_says_is_passed_on_in_plain_words(string said, string what, string mend)
    {
        await using var watched = await Watched.TelegramAsync();
        watched.Sandbox.Telegram.SetWebhook(Watched.Telegram, "s3cret");
        watched.Sandbox.Telegram.FailDelivery(said);
        watched.Sandbox.Telegram.StrandUpdates(7);

        var state = await watched.LookAsync("telegram");

        state.ShouldWarn("telegram-deliveries", "failure", "7 messages wait", what).Mend.ShouldContain(mend);
        state.Pending.ShouldBe(7);
        watched.Time.Advance(TimeSpan.FromMinutes(1));
        watched.Book.Accepted("telegram");
        (await watched.LookAsync("telegram")).Warnings.ShouldBeEmpty("Telegram keeps its last error for ever; a delivery since then says that it is over");
    }

    [Fact]
    public async Task What_waits_at_Telegram_is_told_when_it_grows_look_after_look()
    {
        await using var watched = await Watched.TelegramAsync();
        watched.Sandbox.Telegram.SetWebhook(Watched.Telegram, "s3cret");
        for (var look = 0; look < 3; look++)
        {
            watched.Sandbox.Telegram.StrandUpdates(10 * look);
            (await watched.LookAsync("telegram")).Warnings.ShouldBeEmpty();
        }

        watched.Sandbox.Telegram.StrandUpdates(31);
        (await watched.LookAsync("telegram")).ShouldWarn("telegram-deliveries", "warning", "31 messages wait at Telegram, more with every look");
        watched.Sandbox.Telegram.StrandUpdates(0);
        (await watched.LookAsync("telegram")).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void What_could_not_be_written_is_given_back_and_joined_with_what_came_since()
    {
        var time = new Sandbox.FakeTime();
        var book = new DeliveryBook(time);
        book.Refused("max", "store");
        var began = time.GetUtcNow();
        var taken = book.Take();
        book.Take().ShouldBeEmpty();

        time.Advance(TimeSpan.FromMinutes(20));
        book.Refused("max", "store");
        book.Return(taken);

        book.Take()["max"].ShouldBe(new Deliveries(null, time.GetUtcNow(), began, "store"));
    }
}

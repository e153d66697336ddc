using OptFm.Sandbox;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: what is wrong between the bot and a messenger is told, against fake messengers with the real answers.</summary>
public sealed class MessengerChecksTests : IAsyncLifetime
{
    private const string Url = "https://bot.example.ru/webhook/max/";

    private readonly Clinic _clinic = new();
    private SandboxServer _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(stop: TestContext.Current.CancellationToken);
        _clinic.Set("MAX_API_KEY", _sandbox.Max.Token).Set("MAX_API", "official").Set("MAX_BASE_URL", _sandbox.MaxAddress.AbsoluteUri)
            .Set("MAX_WEBHOOK_URL", Url).Set("MAX_WEBHOOK_SECRET", "s3cret")
            .Set("TELEGRAM_BOT_TOKEN", _sandbox.Telegram.Token).Set("TELEGRAM_BASE_URL", _sandbox.TelegramAddress.AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _clinic.Dispose();
    }

    [Fact]
    public async Task A_bot_that_is_registered_is_well()
    {
        _sandbox.Max.SetWebhook(new Uri(Url), "s3cret");

        (await _clinic.RunAsync<MaxCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
        (await _clinic.RunAsync<TelegramCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
    }

    [Fact]
    public async Task A_wrong_token_is_told_by_its_setting_and_never_shown()
    {
        _clinic.Set("MAX_API_KEY", "hunter2").Set("TELEGRAM_BOT_TOKEN", "1:hunter2");

        var max = (await _clinic.RunAsync<MaxCheck>()).ShouldHaveSingleItem();
        max.Diagnosis.Id.ShouldBe("max-token");
        max.ShouldSay(FindingLevel.Failure, "MAX refuses the token in MAX_API_KEY");
        var telegram = (await _clinic.RunAsync<TelegramCheck>()).ShouldHaveSingleItem();
        telegram.Diagnosis.Id.ShouldBe("telegram-token");
        telegram.ShouldSay(FindingLevel.Failure, "TELEGRAM_BOT_TOKEN");
        telegram.What.English.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_messenger_that_cannot_be_reached_is_told_in_plain_words()
    {
        _clinic.Set("MAX_BASE_URL", "http://127.0.0.1:1/");

        var finding = await _clinic.FindAsync<MaxCheck>("max-api");

        finding.ShouldSay(FindingLevel.Failure, "MAX cannot be reached");
        finding.What.Russian.ShouldBe("MAX недоступен: соединение не устанавливается");
    }

    [Fact]
    public async Task A_subscription_that_is_gone_is_a_failure_with_the_command_that_makes_it()
    {
        var finding = await _clinic.FindAsync<MaxCheck>("max-webhook");

        finding.ShouldSay(FindingLevel.Failure, "MAX has no webhook");
        finding.Mend.English.ShouldBe("sudo optfm webhook set max");
    }

    [Fact]
    public async Task A_subscription_to_another_address_is_a_failure_and_one_beside_ours_a_warning()
    {
        _sandbox.Max.SetWebhook(new Uri("https://old.example.ru/webhook/max/"));
        (await _clinic.FindAsync<MaxCheck>("max-webhook")).ShouldSay(FindingLevel.Failure, "delivers to https://old.example.ru", "MAX_WEBHOOK_URL says");

        _sandbox.Max.SetWebhook(new Uri(Url));
        (await _clinic.FindAsync<MaxCheck>("max-webhook")).ShouldSay(FindingLevel.Ok);
        (await _clinic.FindAsync<MaxCheck>("max-webhook-others")).ShouldSay(FindingLevel.Warning, "old.example.ru");
    }

    [Fact]
    public async Task A_webhook_that_keeps_polling_from_working_is_a_failure()
    {
        _clinic.Set("MAX_UPDATES", "polling");
        _sandbox.Max.SetWebhook(new Uri(Url));
        _sandbox.Telegram.SetWebhook(new Uri("https://old.example.ru/"));

        (await _clinic.FindAsync<MaxCheck>("max-webhook")).ShouldSay(FindingLevel.Failure, "polling gets nothing");
        (await _clinic.FindAsync<TelegramCheck>("telegram-webhook")).Mend.English.ShouldBe("sudo optfm webhook delete telegram");
    }

    [Fact]
    public async Task What_Telegram_says_of_failed_deliveries_is_passed_on()
    {
        // Nobody listens there: the delivery fails, and Telegram keeps the reason.
        _clinic.Set("TELEGRAM_WEBHOOK_URL", "https://127.0.0.1:1/webhook/telegram/").Set("TELEGRAM_WEBHOOK_SECRET", "s3cret");
        _sandbox.Telegram.SetWebhook(new Uri("https://127.0.0.1:1/webhook/telegram/"), "s3cret");
        await _sandbox.Telegram.CustomerSaysAsync("1", "Привет");

        (await _clinic.FindAsync<TelegramCheck>("telegram-deliveries")).ShouldSay(FindingLevel.Failure, "cannot deliver, 1 messages wait");
    }

    [Fact]
    public async Task The_clock_is_compared_with_the_messengers() => (await _clinic.FindAsync<ClockCheck>("clock")).ShouldSay(FindingLevel.Ok);

    [Fact]
    public async Task A_messenger_that_is_off_is_not_asked()
    {
        _clinic.Set("MAX_API_KEY", "").Set("TELEGRAM_BOT_TOKEN", "");

        (await _clinic.RunAsync<MaxCheck>()).ShouldBeEmpty();
        (await _clinic.RunAsync<TelegramCheck>()).ShouldBeEmpty();
        (await _clinic.RunAsync<ClockCheck>()).ShouldBeEmpty();
    }
}

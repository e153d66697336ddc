using System.Text.Json;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Watchdog;

/// <summary>Proves: with the real executable a dropped subscription comes back, and whoever asks is told what is wrong.</summary>
public sealed class WatchdogTests : IAsyncLifetime
{
    private static readonly Uri Max = new("https://bot.example/webhook/max/");
    private static readonly Uri Telegram = new("https://bot.example/webhook/telegram/");

    private SandboxServer _sandbox = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false }, Stop);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_dropped_subscription_comes_back_within_a_look_and_the_metrics_know()
    {
        await using var server = await RealServer.StartAsync(Settings(), Stop);
        await UntilAsync(() => Task.FromResult(_sandbox.Max.Webhooks.Count == 1 && _sandbox.Telegram.Webhooks.Count == 1));

        _sandbox.Max.SetWebhook(new Uri("https://other.example/webhook/max/"));
        _sandbox.Max.SetWebhook(new Uri("https://bot.example/old/"));
        _sandbox.Max.DropWebhook(Max);
        await UntilAsync(() => Task.FromResult(_sandbox.Max.Webhooks is [{ Host: "other.example" }, var ours] && ours == Max));

        server.Lines.ShouldContain(line => line.Contains("max: the subscription was gone", StringComparison.Ordinal));
        _sandbox.Telegram.Webhooks.ShouldBe([Telegram]);
        await UntilAsync(async () => (await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop)).Contains("optfm_webhook_subscribed{channel=\"max\"} 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_health_and_status_survives_a_restart_and_restarts_nothing()
    {
        var settings = Settings();
        settings["WEBHOOK_WATCH"] = "warn";
        await using var server = await RealServer.StartAsync(settings, Stop);
        await UntilAsync(async () => Warnings(await HealthAsync(server)) is var told && told.Contains("max-webhook") && told.Contains("telegram-webhook"));

        (await StatusAsync(server, "max")).GetProperty("subscription").GetProperty("state").GetString().ShouldBe("gone");
        (await StatusAsync(server, "telegram")).GetProperty("subscription").GetProperty("warnings").EnumerateArray().Select(id => id.GetString()).ShouldContain("telegram-webhook");
        using var health = await server.Client.GetAsync(new Uri("/health", UriKind.Relative), Stop);
        health.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var since = Since(await HealthAsync(server));
        await server.StopAsync();

        await server.StartAgainAsync(Stop);
        await UntilAsync(async () => Warnings(await HealthAsync(server)) is var told && told.Contains("max-webhook") && told.Contains("telegram-webhook"));
        Since(await HealthAsync(server)).ShouldBe(since);
        _sandbox.Max.Webhooks.ShouldBeEmpty();
    }

    private static List<string?> Warnings(JsonElement health) => [.. health.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("id").GetString())];

    private static string? Since(JsonElement health) =>
        health.GetProperty("warnings").EnumerateArray().First(warning => warning.GetProperty("id").GetString() == "max-webhook").GetProperty("since").GetString();

    private static async Task<JsonElement> HealthAsync(RealServer server) =>
        JsonDocument.Parse(await server.Client.GetStringAsync(new Uri("/health", UriKind.Relative), Stop)).RootElement;

    private static async Task<JsonElement> StatusAsync(RealServer server, string messenger) =>
        JsonDocument.Parse(await server.Client.GetStringAsync(new Uri($"/webhook/{messenger}/status", UriKind.Relative), Stop)).RootElement;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!await condition()) await pause.WaitForNextTickAsync(guard.Token);
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["MAX_API_KEY"] = _sandbox.Max.Token,
        ["MAX_API"] = "official",
        ["MAX_BASE_URL"] = _sandbox.MaxAddress.AbsoluteUri,
        ["MAX_WEBHOOK_URL"] = Max.AbsoluteUri,
        ["MAX_WEBHOOK_SECRET"] = "s3cret-of-max",
        ["TELEGRAM_BOT_TOKEN"] = _sandbox.Telegram.Token,
        ["TELEGRAM_BASE_URL"] = _sandbox.TelegramAddress.AbsoluteUri,
        ["TELEGRAM_WEBHOOK_URL"] = Telegram.AbsoluteUri,
        ["TELEGRAM_WEBHOOK_SECRET"] = "s3cret-of-telegram",
        ["WEBHOOK_WATCH_INTERVAL"] = "1",
    };
}

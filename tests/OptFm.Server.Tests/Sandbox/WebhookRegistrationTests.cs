using OptFm.Sandbox;

namespace OptFm.Server.Tests.Sandbox;

public sealed class WebhookRegistrationTests : IAsyncLifetime
{
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false });
        bot = new FakeBot(sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("https://example.org/webhook/max/", "abcde", 200)]
    [InlineData("https://example.org/webhook/max/", null, 200)]
    [InlineData("https://example.org/webhook/max/", "abcd", 400)]
    [InlineData("https://example.org/webhook/max/", "a b c d e", 400)]
    [InlineData("https://example.org:8443/webhook/max/", "abcde", 400)]
    [InlineData("http://example.org/webhook/max/", "abcde", 400)]
    [InlineData("http://127.0.0.1/webhook/max/", "abcde", 400)]
    [InlineData("nowhere", "abcde", 400)]
    public async Task MAX_wants_https_on_443_and_a_decent_secret(string url, string? secret, int status) =>
        (await bot.Max("POST /subscriptions", new { url, secret })).Status.ShouldBe(status);

    [Theory]
    [InlineData("https://example.org/webhook/telegram/", "s", 200)]
    [InlineData("https://example.org:8443/webhook/telegram/", "s", 200)]
    [InlineData("https://example.org:8444/webhook/telegram/", "s", 400)]
    [InlineData("http://example.org/webhook/telegram/", "s", 400)]
    [InlineData("https://example.org/webhook/telegram/", "пароль", 400)]
    public async Task Telegram_wants_https_on_its_ports(string url, string? secret_token, int status) =>
        (await bot.Telegram("setWebhook", new { url, secret_token })).Status.ShouldBe(status);

    [Fact]
    public async Task The_guides_curl_sets_its_webhook()
    {
        var told = await bot.Compat("setWebhook", """
            {"url": "https://yourdomain.com/webhook/max/", "secret_token": "your_webhook_secret_here", "max_connections": 40, "allowed_updates": ["message"]}
            """);
        told.Json.GetProperty("ok").GetBoolean().ShouldBeTrue();
        var info = (await bot.Compat("getWebhookInfo")).Json.GetProperty("result");
        info.GetProperty("url").GetString().ShouldBe("https://yourdomain.com/webhook/max/");
        info.GetProperty("max_connections").GetInt32().ShouldBe(40);
        info.GetProperty("allowed_updates")[0].GetString().ShouldBe("message");
        (await bot.Compat("setWebhook", new { url = "https://yourdomain.com/webhook/max/", max_connections = 101 })).Status.ShouldBe(400);
        (await bot.Compat("deleteWebhook", new { })).Status.ShouldBe(200);
        sandbox.Compat.Webhooks.ShouldBeEmpty();
    }

    [Fact]
    public async Task MAX_lists_and_removes_subscriptions_and_refuses_types_it_has_not()
    {
        await bot.Max("POST /subscriptions", new { url = "https://example.org/a", update_types = new[] { "message_created" } });
        await bot.Max("POST /subscriptions", new { url = "https://example.org/b" });
        (await bot.Max("POST /subscriptions", new { url = "https://example.org/c", update_types = new[] { "message" } })).Status.ShouldBe(400);
        (await bot.Max("GET /subscriptions")).Json.GetProperty("subscriptions").GetArrayLength().ShouldBe(2);
        await bot.Max("DELETE /subscriptions?url=https%3A%2F%2Fexample.org%2Fa");
        sandbox.Max.Webhooks.ShouldBe([new Uri("https://example.org/b")]);
    }
}

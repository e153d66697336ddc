using System.Globalization;
using Microsoft.Data.Sqlite;
using OptFm.EndToEnd.Tests.Deploy;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Doctor;

/// <summary>
/// Proves: each problem of the old guide's section "Troubleshooting", reproduced with the real program, is told by <c>optfm doctor</c> in one line.
/// </summary>
public sealed class TroubleshootingTests : IAsyncLifetime
{
    private const string Secret = "the-secret-of-deliveries";

    private readonly DoctorFolder _folder = new();
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private SandboxServer _sandbox = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { AllowHttpWebhooks = true }, Stop);
        _settings["MAX_API_KEY"] = _sandbox.Max.Token;
        _settings["MAX_API"] = "official";
        _settings["MAX_BASE_URL"] = _sandbox.MaxAddress.AbsoluteUri;
        _settings["MAX_WEBHOOK_SECRET"] = Secret;
        _settings["MAX_WEBHOOK_URL"] = "http://127.0.0.1:1/webhook/max/";
        _settings["MAX_TEST_ENDPOINT"] = "off";
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_a_bot_that_works_nothing_is_said_but_that_it_is_well()
    {
        await using var server = await ServeAsync();
        _sandbox.Max.SetWebhook(new Uri(_settings["MAX_WEBHOOK_URL"]), Secret);

        var run = await RunAsync();

        foreach (var title in (string[])["the bot runs and is well", "the bot's token in MAX", "how MAX hands messages over", "the way through nginx to the bot", "the secret of deliveries", "the database"])
            run.Output.Split('\n').ShouldContain(line => line.Contains(title) || line.TrimEnd().EndsWith(title, StringComparison.Ordinal), run.Output);
        run.Output.ShouldNotContain(Secret);
        (await server.Client.GetStringAsync(new Uri("/health", UriKind.Relative), Stop)).ShouldContain("healthy");
        Count(server, "SELECT count(*) FROM inbox").ShouldBe(0, "the doctor's deliveries leave no message");
    }

    [Fact]
    public async Task Webhook_gets_nothing_because_MAX_dropped_the_subscription()
    {
        await using var server = await ServeAsync();

        (await RunAsync()).ShouldDiagnose("max-webhook", "MAX has no webhook");
    }

    [Fact]
    public async Task Webhook_gets_nothing_because_it_is_registered_elsewhere()
    {
        await using var server = await ServeAsync();
        _sandbox.Max.SetWebhook(new Uri("https://old.example.ru/webhook/max/"), Secret);

        (await RunAsync()).ShouldDiagnose("max-webhook", "delivers to https://old.example.ru/webhook/max/");
    }

    [Fact]
    public async Task Webhook_gets_nothing_because_the_secrets_differ()
    {
        await using var server = await ServeAsync();
        _settings["MAX_WEBHOOK_SECRET"] = "another-secret";

        (await RunAsync()).ShouldDiagnose("webhook-secret", "every delivery gets 401");
    }

    [Fact]
    public async Task Webhook_gets_nothing_because_nginx_does_not_reach_the_bot()
    {
        await using var site = await NginxSite.StartAsync();
        await site.Server.KillAsync();
        _settings["MAX_WEBHOOK_URL"] = $"https://localhost:{site.Secure.Port}/webhook/max/";

        var run = await RunAsync();

        run.ShouldDiagnose("webhook-route", "nginx does not reach the bot", "502");
        run.ShouldDiagnose("certificate-name", "the certificate of localhost is for bot.example.ru");
        run.ShouldDiagnose("certificate-chain", "nobody trusts");
    }

    [Fact]
    public async Task Webhook_gets_nothing_because_nginx_does_not_know_the_address()
    {
        await using var site = await NginxSite.StartAsync();
        _settings["MAX_WEBHOOK_URL"] = $"https://localhost:{site.Secure.Port}/bot/webhook/max/";

        (await RunAsync()).ShouldDiagnose("webhook-route", "nginx does not pass it on to the bot");
    }

    [Fact]
    public async Task Webhook_gets_nothing_because_the_port_is_closed() =>
        (await RunAsync()).ShouldDiagnose("webhook-port", "127.0.0.1:1", "tried from this machine");

    [Fact]
    public async Task Bot_does_not_answer_because_it_does_not_run() => (await RunAsync()).ShouldDiagnose("server", "the bot does not run");

    [Fact]
    public async Task Bot_does_not_answer_because_a_webhook_keeps_polling_from_working()
    {
        _settings["MAX_UPDATES"] = "polling";
        _sandbox.Max.SetWebhook(new Uri("https://old.example.ru/webhook/max/"));

        (await RunAsync()).ShouldDiagnose("max-webhook", "polling gets nothing");
    }

    [Fact]
    public async Task Bot_does_not_answer_because_MAX_refuses_what_it_sends()
    {
        await using var server = await ServeAsync();
        _settings["MAX_API_KEY"] = "revoked-token";

        var run = await RunAsync();

        run.ShouldDiagnose("max-token", "MAX refuses the token in MAX_API_KEY");
        run.Output.ShouldNotContain("revoked-token");
    }

    [Fact]
    public async Task High_load_shows_as_messages_that_wait()
    {
        await using var server = await ServeAsync();
        _settings["DATA_DIR"] = Path.Combine(server.Folder, "var");
        await server.StopAsync();
        var old = TimeProvider.System.GetUtcNow().AddMinutes(-20).ToUnixTimeMilliseconds();
        Execute(server, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('max', 'k', '1', 'x', x'7b7d', 0, {old})"));

        (await RunAsync()).ShouldDiagnose("inbox-backlog", "messages waiting for an answer: 1", "20 min");
    }

    [Fact]
    public async Task High_load_is_made_of_the_guides_own_limit()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root may read nginx's configuration");
        var programs = Path.GetDirectoryName(_folder.Write("programs/nginx", """
            #!/bin/sh
            cat <<'END'
            limit_req_zone $binary_remote_addr zone=webhook:10m rate=1r/s;
            server { location /webhook/max/ { limit_req zone=webhook burst=5; proxy_pass http://127.0.0.1:8000; } }
            END
            """))!;
        await Tool.MustRunAsync("chmod", "+x", Path.Combine(programs, "nginx"));
        _settings["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";

        (await RunAsync()).ShouldDiagnose("nginx-limits", "1 deliveries a second");
    }

    private static SqliteConnection Open(RealServer server)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(server.Folder, "var/optfm.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(RealServer server, string sql)
    {
        using var connection = Open(server);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static long Count(RealServer server, string sql)
    {
        using var connection = Open(server);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The bot itself, which the doctor is then told to find at its port.</summary>
    private async Task<RealServer> ServeAsync()
    {
        var server = await RealServer.StartAsync(_settings, Stop);
        _settings["PORT"] = server.BaseAddress.Port.ToString(CultureInfo.InvariantCulture);
        _settings["DATA_DIR"] = Path.Combine(server.Folder, "var");
        _settings["MAX_WEBHOOK_URL"] = new Uri(server.BaseAddress, "/webhook/max/").AbsoluteUri;
        return server;
    }

    private Task<DoctorRun> RunAsync() => DoctorRun.StartAsync(_folder.FullName, _settings);
}

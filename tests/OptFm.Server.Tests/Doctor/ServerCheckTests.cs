using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: a bot that is down, hung, sick, old, or kept out by another program is told from one that is well.</summary>
public sealed class ServerCheckTests : IDisposable
{
    private readonly Clinic _clinic = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task A_bot_that_says_it_is_well_is()
    {
        await using var server = await ServeAsync(Health("healthy"));

        (await _clinic.RunAsync<ServerCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
    }

    [Fact]
    public async Task A_bot_that_cannot_work_is_a_failure()
    {
        await using var server = await ServeAsync(Health("unhealthy", """ "queue": {"status": "down"} """), 503);

        (await _clinic.FindAsync<ServerCheck>("server")).ShouldSay(FindingLevel.Failure, "cannot work");
        (await _clinic.FindAsync<ServerCheck>("server-component")).ShouldSay(FindingLevel.Warning, "queue");
    }

    [Fact]
    public async Task A_messenger_the_bot_has_trouble_with_is_named_with_its_error()
    {
        await using var server = await ServeAsync(Health("healthy", """ "max": {"status": "degraded", "last_error": "http_401"} """));

        (await _clinic.FindAsync<ServerCheck>("server-component")).ShouldSay(FindingLevel.Warning, "max (http_401)");
    }

    [Fact]
    public async Task An_old_version_that_still_runs_and_settings_changed_since_are_told()
    {
        _clinic.Settings("TELEGRAM_BOT_TOKEN=1:a\n");
        await using var server = await ServeAsync(Health("healthy").Replace(Server.Operations.Health.Version, "0.0.1").Replace("5,", "5000,"));

        (await _clinic.FindAsync<ServerCheck>("server-version")).ShouldSay(FindingLevel.Warning, "0.0.1 still runs");
        (await _clinic.FindAsync<ServerCheck>("settings-in-force")).ShouldSay(FindingLevel.Warning, "changed after the bot started");
    }

    [Fact]
    public async Task Nobody_on_the_port_means_the_bot_does_not_run()
    {
        using (var listener = Listen()) _clinic.Set("PORT", Port(listener));

        (await _clinic.FindAsync<ServerCheck>("server")).ShouldSay(FindingLevel.Failure, "does not run");
    }

    [Fact]
    public async Task Another_program_on_the_port_is_named()
    {
        await using var other = await ServeAsync("<html>Apache</html>");
        _clinic.Program("ss", "LISTEN 0 511 127.0.0.1:8000 0.0.0.0:* users:((\"apache2\",pid=812,fd=6),(\"apache2\",pid=811,fd=6))");

        (await _clinic.FindAsync<ServerCheck>("port")).ShouldSay(FindingLevel.Failure, "taken by another program, apache2");
    }

    [Fact]
    public async Task A_bot_that_holds_its_port_and_is_silent_hangs()
    {
        using var listener = Listen();
        _clinic.Set("PORT", Port(listener)).Program("ss", "LISTEN 0 511 127.0.0.1:8000 0.0.0.0:* users:((\"optfm\",pid=812,fd=6))");

        (await _clinic.FindAsync<ServerCheck>("server")).ShouldSay(FindingLevel.Failure, "hangs");
    }

    private static string Health(string status, string component = """ "database": {"status": "ok"} """) =>
        $$"""{"status": "{{status}}", "version": "{{Server.Operations.Health.Version}}", "uptime_seconds": 5, "components": { {{component}} } }""";

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static string Port(TcpListener listener) => $"{((IPEndPoint)listener.LocalEndpoint).Port}";

    private async Task<WebApplication> ServeAsync(string health, int status = 200)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(health);
        });
        await app.StartAsync(Stop);
        _clinic.Set("PORT", $"{new Uri(app.Urls.First()).Port}");
        return app;
    }
}

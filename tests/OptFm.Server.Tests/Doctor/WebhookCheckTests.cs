using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: each step of a delivery's way can break and is told from the others, over real TLS.</summary>
public sealed class WebhookCheckTests : IDisposable
{
    private const string Host = "bot.example.ru";
    private const string Secret = "right-secret";

    private static readonly string[] CertificateIds = ["certificate-tls", "certificate-name", "certificate-dates", "certificate-chain"];

    private readonly Clinic _clinic = new();
    private readonly TestCertificates _certificates = new();
    private readonly List<string> _deliveries = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificates.Dispose();
        _clinic.Dispose();
    }

    [Fact]
    public async Task A_way_without_fault_is_well_and_brings_no_message()
    {
        await using var server = await ServeAsync(_certificates.Leaf(Host), [_certificates.Intermediate], Bot);

        (await _clinic.RunAsync<WebhookCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
        _deliveries.ShouldBe(["optfm.doctor []", $"{Secret} []"], "an empty list is no update: the bot stores nothing of it");
    }

    [Fact]
    public async Task A_missing_intermediate_is_found_though_the_root_is_trusted()
    {
        await using var server = await ServeAsync(_certificates.Leaf(Host), [], Bot);

        (await _clinic.FindAsync<WebhookCheck>("certificate-chain")).ShouldSay(FindingLevel.Failure, "does not send the intermediate certificate");
        (await _clinic.FindAsync<WebhookCheck>("webhook-secret")).ShouldSay(FindingLevel.Unchecked, "certificate first");
        _deliveries.ShouldAllBe(delivery => !delivery.Contains(Secret), "whom nobody vouches for is not shown the secret");
    }

    [Fact]
    public async Task A_self_signed_certificate_is_found()
    {
        await using var server = await ServeAsync(_certificates.SelfSigned(Host), [], Bot);

        (await _clinic.FindAsync<WebhookCheck>("certificate-chain")).ShouldSay(FindingLevel.Failure, "self-signed");
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_found()
    {
        using var others = new TestCertificates();
        await using var server = await ServeAsync(others.Leaf(Host), [others.Intermediate, others.Root], Bot);

        (await _clinic.FindAsync<WebhookCheck>("certificate-chain")).ShouldSay(FindingLevel.Failure, "nobody trusts");
    }

    [Theory]
    [InlineData(-3, FindingLevel.Failure, "expired on")]
    [InlineData(5, FindingLevel.Failure, "renewing it does not work")]
    [InlineData(20, FindingLevel.Warning, "expires in")]
    [InlineData(60, FindingLevel.Ok, "")]
    public async Task The_dates_are_judged(int days, FindingLevel level, string words)
    {
        await using var server = await ServeAsync(_certificates.Leaf(Host, days), [_certificates.Intermediate], Bot);

        (await _clinic.FindAsync<WebhookCheck>("certificate-dates")).ShouldSay(level, words);
        (await _clinic.FindAsync<WebhookCheck>("certificate-chain")).ShouldSay(FindingLevel.Ok);
        (await _clinic.FindAsync<WebhookCheck>("webhook-secret")).Level.ShouldBe(days > 0 ? FindingLevel.Ok : FindingLevel.Unchecked);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_found()
    {
        await using var server = await ServeAsync(_certificates.Leaf("www.example.ru"), [_certificates.Intermediate], Bot);

        (await _clinic.FindAsync<WebhookCheck>("certificate-name")).ShouldSay(FindingLevel.Failure, $"the certificate of {Host} is for www.example.ru");
    }

    [Fact]
    public async Task A_port_that_does_not_speak_TLS_is_found()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        UseAddress(((IPEndPoint)listener.LocalEndpoint).Port);
        var accepted = listener.AcceptSocketAsync(Stop);
        var findings = _clinic.RunAsync<WebhookCheck>();
        using (var socket = await accepted) await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Stop);

        (await findings).Single(finding => finding.Diagnosis.Id == "certificate-tls").ShouldSay(FindingLevel.Failure, "does not speak TLS");
    }

    [Theory]
    [InlineData(404, "<html>404 Not Found</html>", "nginx does not pass it on")]
    [InlineData(404, "", "the bot does not know /webhook/telegram/")]
    [InlineData(502, "<html>502 Bad Gateway</html>", "nginx does not reach the bot at port 8000")]
    [InlineData(429, "<html>429</html>", "for their rate")]
    [InlineData(301, "", "redirects elsewhere")]
    [InlineData(200, "<html>Shop</html>", "something else than the bot")]
    public async Task Whatever_else_answers_is_told(int status, string body, string words)
    {
        await using var server = await ServeAsync(_certificates.Leaf(Host), [_certificates.Intermediate], (context, _) => AnswerAsync(context, status, body));

        (await _clinic.FindAsync<WebhookCheck>("webhook-route")).ShouldSay(FindingLevel.Failure, words);
    }

    [Fact]
    public async Task A_bot_with_another_secret_refuses_ours_and_that_is_told()
    {
        await using var server = await ServeAsync(_certificates.Leaf(Host), [_certificates.Intermediate], (context, _) => AnswerAsync(context, 401, """{"status":"error"}"""));

        var finding = await _clinic.FindAsync<WebhookCheck>("webhook-secret");

        finding.ShouldSay(FindingLevel.Failure, "refuses the secret of the settings");
        finding.Mend.English.ShouldContain("webhook set telegram");
    }

    [Fact]
    public async Task A_bot_that_takes_any_secret_is_a_failure()
    {
        await using var server = await ServeAsync(_certificates.Leaf(Host), [_certificates.Intermediate], (context, _) => AnswerAsync(context, 400, """{"status":"error"}"""));

        (await _clinic.FindAsync<WebhookCheck>("webhook-secret")).ShouldSay(FindingLevel.Failure, "without the right secret");
    }

    [Fact]
    public async Task A_name_without_an_address_is_told_and_nothing_behind_it()
    {
        UseAddress(443);
        _clinic.Dns = null;

        var failures = (await _clinic.RunAsync<WebhookCheck>()).Where(finding => finding.Level != FindingLevel.Ok).ToList();

        failures.ShouldHaveSingleItem().ShouldSay(FindingLevel.Failure, $"{Host} has no address in DNS");
    }

    [Fact]
    public async Task A_name_that_points_to_another_machine_is_a_warning()
    {
        UseAddress(1);
        _clinic.OwnAddresses = [IPAddress.Parse("203.0.113.7")];
        _clinic.Dns = IPAddress.Parse("127.0.0.1");
        (await _clinic.FindAsync<WebhookCheck>("webhook-dns")).ShouldSay(FindingLevel.Ok);

        WebhookCheck.JudgeOwner(Host, [IPAddress.Parse("198.51.100.9")], _clinic.Context)
            .ShouldSay(FindingLevel.Warning, "points to 198.51.100.9, and this machine has 203.0.113.7");
    }

    [Fact]
    public async Task A_closed_port_is_told_as_seen_from_here()
    {
        UseAddress(1);

        (await _clinic.FindAsync<WebhookCheck>("webhook-port")).ShouldSay(FindingLevel.Failure, $"{Host}:1", "tried from this machine");
    }

    [Fact]
    public async Task MAX_delivers_to_port_443_only()
    {
        _clinic.Set("MAX_API_KEY", "k").Set("MAX_WEBHOOK_URL", $"https://{Host}:8443/webhook/max/").Dns = null;

        (await _clinic.FindAsync<WebhookCheck>("webhook-https")).ShouldSay(FindingLevel.Failure, "port 443 only");
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }

    private static Task Bot(HttpContext context, string secret) => secret == Secret
        ? AnswerAsync(context, 400, """{"status":"error","message":"the body is not a JSON object"}""")
        : AnswerAsync(context, 401, """{"status":"error","message":"the secret is missing or wrong"}""");

    private void UseAddress(int port)
    {
        _clinic.Set("TELEGRAM_BOT_TOKEN", "1:a").Set("TELEGRAM_WEBHOOK_SECRET", Secret).Set("TELEGRAM_WEBHOOK_URL", $"https://{Host}:{port}/webhook/telegram/");
        _clinic.TrustedRoots = [_certificates.Root];
    }

    private async Task<WebApplication> ServeAsync(X509Certificate2 leaf, X509Certificate2Collection along, Func<HttpContext, string, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new Microsoft.AspNetCore.Server.Kestrel.Https.TlsHandshakeCallbackOptions
        {
            // Offline: nothing but what is given is sent, whatever the machine's caches know.
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(leaf, along, offline: true) }),
        })));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            var secret = context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"].ToString();
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(Stop);
            lock (_deliveries) _deliveries.Add($"{secret} {body}");
            await answer(context, secret);
        });
        await app.StartAsync(Stop);
        UseAddress(new Uri(app.Urls.First()).Port);
        return app;
    }
}

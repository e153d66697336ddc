using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Tests.Doctor;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Tests.Watchdog;

/// <summary>Proves: a certificate does not expire unnoticed.</summary>
public sealed class CertificateStories : IDisposable
{
    private const string Host = "bot.example.ru";

    private readonly Clinic _clinic = new();
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificates.Dispose();
        _clinic.Dispose();
    }

    [Theory]
    [InlineData(60, null, "")]
    [InlineData(25, "warning", "expires on")]
    [InlineData(5, "failure", "expires within a week")]
    [InlineData(-1, "failure", "expired on")]
    public async Task The_roots_for_MAX_are_told_a_month_ahead_and_louder_in_the_last_week(int days, string? level, string words)
    {
        _clinic.Set("MAX_CA_FILE", _clinic.Own("max-ca.pem", _certificates.Leaf("root", days).ExportCertificatePem()));

        var state = await LookAsync();

        if (level is null) state.Warnings.ShouldBeEmpty();
        else state.ShouldWarn("max-ca", level, words);
        state.Ends["max-ca"].ShouldBe(TestCertificates.Now.AddDays(days), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(60, null, "")]
    [InlineData(25, "warning", "expires in")]
    [InlineData(5, "failure", "renewing it does not work")]
    [InlineData(-1, "failure", "expired on")]
    public async Task The_certificate_of_the_public_address_too(int days, string? level, string words)
    {
        using var listener = Serve(_certificates.Leaf(Host, days));

        var state = await LookAsync();

        if (level is null) state.Warnings.ShouldBeEmpty();
        else state.ShouldWarn("certificate-dates", level, words);
        state.Ends["public"].ShouldBe(TestCertificates.Now.AddDays(days), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_address_that_cannot_be_reached_from_here_is_told_only_while_nothing_comes_in()
    {
        UseAddress(1);
        var now = TimeProvider.System.GetUtcNow();

        (await LookAsync(accepted: now.AddMinutes(-10))).Warnings.ShouldBeEmpty("behind some routers a machine does not see its own address");
        (await LookAsync(accepted: now.AddHours(-2))).ShouldWarn("webhook-port", "warning", "tried from this machine");
        (await LookAsync()).ShouldWarn("webhook-port", "warning");
        _clinic.Dns = null;
        (await LookAsync()).ShouldWarn("webhook-dns", "warning", "no address in DNS");
    }

    [Fact]
    public async Task A_file_of_roots_that_went_away_stops_nothing()
    {
        _clinic.Set("MAX_CA_FILE", Path.Combine(_clinic.Data, "gone.pem"));

        (await LookAsync()).Warnings.ShouldBeEmpty();
    }

    private Task<WatchState> LookAsync(DateTimeOffset? accepted = null) => new CertificateWatch(_clinic.Context).LookAsync(new WatchState(), accepted, Stop);

    private void UseAddress(int port)
    {
        _clinic.Set("TELEGRAM_BOT_TOKEN", "1:a").Set("TELEGRAM_WEBHOOK_SECRET", "s3cret").Set("TELEGRAM_WEBHOOK_URL", $"https://{Host}:{port}/webhook/telegram/");
        _clinic.TrustedRoots = [_certificates.Root];
    }

    /// <summary>Shows a certificate to whoever comes.</summary>
    private TcpListener Serve(X509Certificate2 leaf)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        UseAddress(((IPEndPoint)listener.LocalEndpoint).Port);
        _ = ShowAsync(listener, SslStreamCertificateContext.Create(leaf, [_certificates.Intermediate], offline: true));
        return listener;
    }

    private static async Task ShowAsync(TcpListener listener, SslStreamCertificateContext shown)
    {
        try
        {
            using var visitor = await listener.AcceptTcpClientAsync(Stop);
            await using var tls = new SslStream(visitor.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = shown }, Stop);
            await tls.CopyToAsync(Stream.Null, Stop);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The visitor has seen enough.
        }
    }
}

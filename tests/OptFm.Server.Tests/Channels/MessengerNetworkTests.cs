using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OptFm.Server.Channels.Http;
using OptFm.Server.Channels.Max;

namespace OptFm.Server.Tests.Channels;

/// <summary>Over real sockets: how far a call got decides whether a customer may read a reply twice.</summary>
public sealed class MessengerNetworkTests : IDisposable
{
    private static readonly byte[] Json = "{}"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_refused_connection_means_not_sent()
    {
        var address = Start();
        _listener.Stop();
        (await CallAsync(address)).Progress.ShouldBe(CallProgress.NotSent);
    }

    [Fact]
    public async Task A_connection_cut_after_the_request_means_lost()
    {
        var call = CallAsync(Start());
        using (var socket = await AcceptAsync()) await ReadRequestAsync(socket);
        (await call).Progress.ShouldBe(CallProgress.Lost);
    }

    [Fact]
    public async Task An_answer_cut_in_the_middle_means_lost()
    {
        var call = CallAsync(Start());
        using (var socket = await AcceptAsync())
        {
            await ReadRequestAsync(socket);
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"mess"u8.ToArray(), Stop);
        }

        (await call).Progress.ShouldBe(CallProgress.Lost);
    }

    [Fact]
    public async Task Silence_after_the_request_means_lost()
    {
        var call = CallAsync(Start(), TimeSpan.FromMilliseconds(300));
        using var socket = await AcceptAsync();
        await ReadRequestAsync(socket);
        (await call).Progress.ShouldBe(CallProgress.Lost);
    }

    [Fact]
    public async Task A_stop_while_the_answer_is_awaited_means_lost()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var call = CallAsync(Start(), stop: stop.Token);
        using var socket = await AcceptAsync();
        await ReadRequestAsync(socket);
        await stop.CancelAsync();
        (await call).Progress.ShouldBe(CallProgress.Lost);
    }

    [Fact]
    public async Task A_root_from_the_file_is_trusted_and_only_by_the_client_that_was_given_it()
    {
        using var authority = Authority();
        using var certificate = Issue(authority, "localhost");
        await using var server = await ServeAsync(certificate);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem(), Stop);

        var port = new Uri(server.Urls.First()).Port;
        var address = new Uri($"https://localhost:{port}");
        (await CallAsync(address, handler: MaxTrust.Handler(file))).Status.ShouldBe(200);
        (await CallAsync(address, handler: MaxTrust.Handler(""))).Reason.ShouldContain("TLS");
        (await CallAsync(new Uri($"https://127.0.0.1:{port}"), handler: MaxTrust.Handler(file))).Reason.ShouldContain("TLS", customMessage: "the name must match still");
        MaxTrust.Expiring(file, TimeProvider.System, TimeSpan.FromDays(300)).ShouldHaveSingleItem().Subject.ShouldBe("CN=Test Root");
        MaxTrust.Expiring(file, TimeProvider.System, TimeSpan.FromDays(1)).ShouldBeEmpty();
        File.Delete(file);
    }

    private static async Task<MessengerReply> CallAsync(Uri address, TimeSpan? timeout = null, HttpMessageHandler? handler = null, CancellationToken? stop = null)
    {
        using var client = new MessengerClient(handler ?? MessengerClient.Handler(), address, "token", timeout ?? TimeSpan.FromSeconds(60), TimeProvider.System);
        return await client.CallAsync(HttpMethod.Post, "/messages", Json, stop ?? Stop);
    }

    private static async Task ReadRequestAsync(Socket socket)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.EndsWith("{}", StringComparison.Ordinal))
            text += System.Text.Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Stop));
    }

    private static async Task<WebApplication> ServeAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("{}"));
        await app.StartAsync(Stop);
        return app;
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(200));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(authority, now.AddDays(-1), now.AddDays(100), [1, 2, 3]);
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private Uri Start()
    {
        _listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
    }

    private async Task<Socket> AcceptAsync() => await _listener.AcceptSocketAsync(Stop);
}

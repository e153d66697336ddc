using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Leads from a port of this machine to the private PostgreSQL's socket, with TLS in front of it if wanted.</summary>
internal sealed class TcpDoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly UnixDomainSocketEndPoint _inside;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    private TcpDoor(string folder, X509Certificate2? certificate)
    {
        (_inside, _certificate) = (new(Path.Combine(folder, ".s.PGSQL.5432")), certificate);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="folder">Of the socket.</param>
    public static TcpDoor Open(string folder, X509Certificate2? certificate = null) => new(folder, certificate);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _serving;
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        var guests = new List<Task>();
        try
        {
            while (true) guests.Add(LeadAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(guests);
        }
    }

    private async Task LeadAsync(TcpClient guest)
    {
        using var coming = guest;
        using var inside = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await inside.ConnectAsync(_inside, _closing.Token);
            await using var there = new NetworkStream(inside);
            await using var here = await FrontAsync(coming.GetStream());
            await Task.WhenAny(here.CopyToAsync(there, _closing.Token), there.CopyToAsync(here, _closing.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The guest has left, or did not like the certificate.
        }
    }

    /// <summary>Answers the request for TLS, which is the first eight bytes. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL</summary>
    private async Task<Stream> FrontAsync(NetworkStream stream)
    {
        if (_certificate is null) return stream;

        await stream.ReadExactlyAsync(new byte[8], _closing.Token);
        await stream.WriteAsync("S"u8.ToArray(), _closing.Token);
        var secret = new SslStream(stream);
        await secret.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
        return secret;
    }
}

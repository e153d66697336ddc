using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OptFm.Bench.Pipeline;

/// <summary>
/// MAX as far as a bot that only answers needs it, and as cheap as can be: it takes every message. The sandbox knows MAX's rules
/// and costs accordingly; here every microsecond is missing to the server that is measured.
/// </summary>
public sealed class FakeMax : IDisposable
{
    private static readonly byte[] Taken = Answer(
        """{"message":{"recipient":{"chat_id":1,"chat_type":"dialog"},"timestamp":1775053255737,"body":{"mid":"mid.0000000000000000019d496b34394b84","seq":116327994376978687,"text":"…","attachments":[]},"sender":{"user_id":1000001,"first_name":"OptFM","is_bot":true,"name":"OptFM"}}}""");

    private static readonly byte[] Success = Answer("""{"success":true}""");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Action<long, int> _replied = (_, _) => { };

    public FakeMax()
    {
        _listener.Start(512);
        new Thread(Accept) { IsBackground = true, Name = "fake MAX" }.Start();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Who is told of every message from now on: the chat, and a hash of what was to be sent.</summary>
    public void Tell(Action<long, int> replied) => Volatile.Write(ref _replied, replied);

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var connection = new HttpConnection(_listener.AcceptSocket());
                new Thread(() => Serve(connection), 256 << 10) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Serve(HttpConnection connection)
    {
        using var served = connection;
        try
        {
            while (connection.Read(out var request)) connection.Send(Take(request));
        }
        catch (SocketException)
        {
            // The server was killed.
        }
    }

    private byte[] Take(HttpMessage request)
    {
        var messages = "POST /messages?chat_id="u8;
        if (!request.Head.StartsWith(messages) || !Utf8Parser.TryParse(request.Head[messages.Length..], out long chat, out _)) return Success;

        var hash = new HashCode();
        hash.AddBytes(request.Body);
        Volatile.Read(ref _replied)(chat, hash.ToHashCode());
        return Taken;
    }

    private static byte[] Answer(string json) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
}

using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace OptFm.Bench.Pipeline;

/// <summary>
/// One kept-alive HTTP/1.1 connection on a thread of its own, blocking: the cheapest way to do one exchange after another,
/// because the load takes its CPU from the server it measures. Speaks only what Kestrel and HttpClient say.
/// </summary>
public sealed class HttpConnection : IDisposable
{
    private const int MostBytes = 1 << 20;

    private readonly Socket _socket;
    private byte[] _buffer = new byte[8 << 10];
    private int _filled;
    private int _read;

    /// <param name="socket">Connected; owned from now on.</param>
    public HttpConnection(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
    }

    public static HttpConnection To(IPEndPoint server, TimeSpan patience)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(server);
            socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
            return new HttpConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0) message = message[_socket.Send(message)..];
    }

    /// <param name="message">Valid until the next call.</param>
    /// <returns>False when the other side has closed the connection.</returns>
    public bool Read(out HttpMessage message)
    {
        _filled -= _read;
        if (_read > 0 && _filled > 0) _buffer.AsSpan(_read, _filled).CopyTo(_buffer);
        _read = 0;
        while (true)
        {
            message = Complete(_buffer.AsSpan(0, _filled));
            _read = message.Length;
            if (_read > 0) return true;
            if (!Receive()) return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool Receive()
    {
        if (_filled == _buffer.Length)
        {
            if (_filled >= MostBytes) throw new BenchException("An HTTP message of more than 1 MiB came");
            Array.Resize(ref _buffer, _filled * 2);
        }

        var count = _socket.Receive(_buffer.AsSpan(_filled));
        _filled += count;
        return count > 0;
    }

    /// <returns>An empty message while more must come.</returns>
    private static HttpMessage Complete(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return default;

        var head = bytes[..end];
        var rest = bytes[(end + 4)..];
        var body = BodyLength(head, rest);
        return body is { } length && length <= rest.Length ? new(head, rest[..length]) : default;
    }

    private static int? BodyLength(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        var length = head.IndexOf("Content-Length: "u8);
        if (length >= 0) return Utf8Parser.TryParse(head[(length + "Content-Length: ".Length)..], out int value, out _) ? value : 0;
        if (head.IndexOf("chunked"u8) < 0) return 0;

        var last = rest.IndexOf("\r\n0\r\n\r\n"u8);
        return last < 0 ? null : last + 7;
    }
}

/// <summary>A request or an answer. A chunked body still holds the sizes of its chunks.</summary>
/// <param name="head">The first line and the headers.</param>
/// <param name="body">What follows the empty line.</param>
public readonly ref struct HttpMessage(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
{
    public ReadOnlySpan<byte> Head { get; } = head;

    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>All of it, in bytes; 0 when there is no message.</summary>
    public int Length => Head.Length == 0 ? 0 : Head.Length + 4 + Body.Length;
}

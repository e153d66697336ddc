using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OptFm.Postgres;

/// <summary>
/// A port for a server that dies and comes back. Not one that the system lends to outgoing connections: while the server is away, somebody who
/// tries to reach it could be lent this very port, and the server not start. https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html (ip_local_port_range)
/// </summary>
internal static class LoopbackPort
{
    private const int First = 12_000;
    private const int AfterLast = 32_000;

    public static int Free()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, AfterLast);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OptFm.Server.Operations;

/// <summary>Who really calls, when proxies stand between.</summary>
public static class ClientAddress
{
    private const int MostHops = 32;
    private const int LongestHop = 64;

    /// <returns>Null when the connection has no address, as on a Unix socket.</returns>
    public static IPAddress? Of(HttpContext context, IReadOnlyList<System.Net.IPNetwork> trusted) =>
        Of(context.Connection.RemoteIpAddress, context.Request.Headers["X-Forwarded-For"].ToString(), trusted);

    /// <summary>
    /// The connection's address or, while it is a trusted proxy's, the right-most hop of X-Forwarded-For that is not.
    /// What stands left of an untrusted or malformed hop was written by the client and proves nothing.
    /// </summary>
    public static IPAddress? Of(IPAddress? peer, string forwardedFor, IReadOnlyList<System.Net.IPNetwork> trusted)
    {
        if (peer is null) return null;

        var address = Plain(peer);
        var rest = forwardedFor.AsSpan();
        for (var hops = 0; hops < MostHops && rest.Length > 0 && IsTrusted(address, trusted); hops++)
        {
            var comma = rest.LastIndexOf(',');
            if (Parse(rest[(comma + 1)..].Trim()) is not { } hop) return address;
            address = hop;
            rest = comma < 0 ? [] : rest[..comma];
        }

        return address;
    }

    public static bool IsTrusted(IPAddress address, IReadOnlyList<System.Net.IPNetwork> networks)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    // Forms seen in the wild: 1.2.3.4, 1.2.3.4:5678, ::1, [::1], [::1]:5678.
    private static IPAddress? Parse(ReadOnlySpan<char> hop)
    {
        if (hop.Length is 0 or > LongestHop || hop.Contains('%')) return null;
        if (hop[0] == '[')
        {
            var end = hop.IndexOf(']');
            return end > 0 && IsPort(hop[(end + 1)..]) ? ParseV6(hop[1..end]) : null;
        }

        var colon = hop.IndexOf(':');
        if (colon < 0) return ParseV4(hop);
        if (hop[(colon + 1)..].Contains(':')) return ParseV6(hop);
        return IsPort(hop[colon..]) ? ParseV4(hop[..colon]) : null;
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length == 0 || (text[0] == ':' && ushort.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    // IPAddress also reads "1", "0x7f.1" and octal parts; a proxy writes none of them.
    private static IPAddress? ParseV4(ReadOnlySpan<char> text) =>
        text.Count('.') == 3 && IPAddress.TryParse(text, out var address) && text.SequenceEqual(address.ToString()) ? address : null;

    private static IPAddress? ParseV6(ReadOnlySpan<char> text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? Plain(address) : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace OptFm.Server.Channels;

/// <summary>The shared secret that proves who delivers an update.</summary>
public static class WebhookSecret
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether a messenger will accept the secret: A-Z a-z 0-9 _ - only, of the given length.</summary>
    public static bool IsAcceptable(string secret, int least, int most) =>
        secret.Length >= least && secret.Length <= most && !secret.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OptFm.Server.Channels.MaxCompat;

/// <summary>The guide's API proves itself in one of three ways; any one is enough.</summary>
internal static class MaxCompatDelivery
{
    public static bool IsGenuine(string secret, IHeaderDictionary headers, ReadOnlySpan<byte> body) =>
        WebhookSecret.Same(secret, headers["X-Telegram-Bot-Api-Secret-Token"])
        || WebhookSecret.Same(secret, headers["X-Max-Bot-Api-Secret"])
        || IsSigned(secret, headers["X-Max-Signature"], body);

    private static bool IsSigned(string secret, string? signature, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (signature is not { Length: 2 * HMACSHA256.HashSizeInBytes }) return false;
        if (Convert.FromHexString(signature, given, out _, out var written) != OperationStatus.Done || written != given.Length) return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }
}

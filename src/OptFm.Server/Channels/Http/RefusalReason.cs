using System.Text;
using System.Text.RegularExpressions;

namespace OptFm.Server.Channels.Http;

/// <summary>Turns what a messenger said into a reason fit for a log: short, without addresses, quotations or the token.</summary>
internal static partial class RefusalReason
{
    private const int Longest = 160;

    public static string From(int status, string? code, string? said, string token)
    {
        var reason = new StringBuilder("answered ").Append(status);
        if (!string.IsNullOrWhiteSpace(code)) reason.Append(' ').Append(Clean(code, token));
        if (!string.IsNullOrWhiteSpace(said)) reason.Append(": ").Append(Clean(said, token));
        return reason.ToString();
    }

    public static string Clean(string text, string token)
    {
        var part = text.Length > 4 * Longest ? text[..(4 * Longest)] : text;
        if (token.Length > 0) part = part.Replace(token, "***", StringComparison.Ordinal);
        part = Address().Replace(part, "***");

        // Messengers quote what they could not read, and that may be somebody's words.
        part = Quotation().Replace(part, "\"…\"");
        part = new string([.. part.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
        return part.Length > Longest ? string.Concat(part.AsSpan(0, Longest), "…") : part;
    }

    [GeneratedRegex(@"(https?://|\bbot\d+:)\S+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("\"[^\"]*(\"|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quotation();
}

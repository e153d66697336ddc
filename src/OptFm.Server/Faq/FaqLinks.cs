using System.Text.RegularExpressions;
using OptFm.Search.Faq;
using OptFm.Server.Channels;

namespace OptFm.Server.Faq;

/// <summary>Links in an answer that customers cannot follow: brackets that make no link, addresses without a host. Asks nothing of the network.</summary>
internal static partial class FaqLinks
{
    /// <returns>What is wrong, with the piece of the answer, in both languages.</returns>
    public static IEnumerable<(string English, string Russian)> Broken(FaqEntry entry)
    {
        foreach (var span in Markup.Parse(entry.Answer))
        {
            if (span.Url is { } url)
            {
                if (!HasHost(url)) yield return NoHost(url);
                continue;
            }

            if (span.Style.HasFlag(MarkupStyle.Code)) continue;
            foreach (Match link in Unmade().Matches(span.Text)) yield return ($"has a link that is none: {link.Value}", $"содержит ссылку, которая не получится: {link.Value}");
            foreach (Match address in Bare().Matches(Unmade().Replace(span.Text, "")))
                if (!HasHost(address.Value)) yield return NoHost(address.Value);
        }
    }

    private static (string English, string Russian) NoHost(string url) => ($"has an address without a host: {url}", $"содержит адрес без имени сайта: {url}");

    private static bool HasHost(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && url.Contains("://", StringComparison.Ordinal) && uri.Host.Trim('.').Contains('.', StringComparison.Ordinal);

    /// <summary>What was meant as a link but stays as typed: "[сайт](optfm.ru", "[сайт] (https://optfm.ru)", "[сайт](optfm.ru)".</summary>
    [GeneratedRegex(@"\[[^\]\n]{1,200}\]\s?\([^)\n]{0,300}\)?|\[[^\]\n]{0,200}\(https?:[^)\n]{0,300}\)?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unmade();

    [GeneratedRegex(@"\bhttps?:/{0,3}[^\s,;)\]]{0,300}", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bare();
}

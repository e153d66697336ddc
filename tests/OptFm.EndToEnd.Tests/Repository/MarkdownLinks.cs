using System.Text.RegularExpressions;

namespace OptFm.EndToEnd.Tests.Repository;

/// <summary>Reads what a Markdown file links to and which anchors its headings make on GitHub.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<string> Targets(string markdown)
    {
        var prose = InlineCode().Replace(FencedCode().Replace(markdown, ""), "");
        return Inline().Matches(prose)
            .Concat(Reference().Matches(prose))
            .Concat(Html().Matches(prose))
            .Select(match => match.Groups[1].Value);
    }

    /// <summary>https://docs.github.com/get-started/writing-on-github: lower case, blanks to hyphens, punctuation dropped, repeats numbered.</summary>
    public static ISet<string> Anchors(string markdown)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(FencedCode().Replace(markdown, "")))
        {
            var anchor = Anchor(heading.Groups[1].Value);
            var unique = anchor;
            for (var repeat = 1; !anchors.Add(unique); repeat++) unique = $"{anchor}-{repeat}";
        }

        return anchors;
    }

    private static string Anchor(string heading)
    {
        var text = LinkText().Replace(heading, "$1").Trim().ToLowerInvariant();
        return string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');
    }

#pragma warning disable MA0009, MA0023 // The only input is this repository's own documents, and the groups are numbered for brevity.
    [GeneratedRegex(@"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1`*\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedCode();

    [GeneratedRegex("(`+)[^`]+?\\1")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+[""'][^)]*)?\)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"<(?:a|img)\s[^>]*?(?:href|src)=""([^""]+)""")]
    private static partial Regex Html();

    [GeneratedRegex(@"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();
}

using System.Collections.Frozen;
using System.Globalization;

namespace OptFm.Sandbox.Http;

/// <summary>What a messenger finds in a text with HTML tags: an error, or how many characters the reader will see.</summary>
/// <param name="Error">In Telegram's words; null when the text is well formed.</param>
/// <param name="Visible">UTF-16 units left after the tags and entities are read.</param>
/// <param name="IsBlank">Whether nothing but white space is left.</param>
internal readonly record struct HtmlReading(string? Error, int Visible, bool IsBlank);

/// <summary>Checks HTML the way the Bot API's entity parser does: known tags only, properly nested, all closed.
/// <see href="https://core.telegram.org/bots/api#html-style"/></summary>
internal sealed class HtmlText(FrozenSet<string> tags)
{
    internal static readonly HtmlText Telegram = new(Set(
        "b strong i em u ins s strike del span tg-spoiler tg-emoji tg-time a code pre blockquote"));

    internal static readonly HtmlText Max = new(Set("i em b strong s del u ins a code pre blockquote h1 mark"));

    internal HtmlReading Read(string text)
    {
        var open = new Stack<string>();
        var visible = 0;
        var blank = true;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '<')
            {
                if (ReadTag(text, ref at, open) is { } error) return new HtmlReading(error, visible, blank);
                continue;
            }
            blank &= char.IsWhiteSpace(text[at]);
            visible += text[at] == '&' ? SkipEntity(text, ref at) : SkipOne(ref at);
        }
        return new HtmlReading(open.Count == 0 ? null : $"Can't find end tag corresponding to start tag \"{open.Peek()}\"", visible, blank);
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static int SkipOne(ref int at)
    {
        at++;
        return 1;
    }

    private string? ReadTag(string text, ref int at, Stack<string> open)
    {
        var start = at;
        var isEnd = start + 1 < text.Length && text[start + 1] == '/';
        var nameStart = start + (isEnd ? 2 : 1);
        var nameEnd = nameStart;
        while (nameEnd < text.Length && (char.IsAsciiLetterOrDigit(text[nameEnd]) || text[nameEnd] == '-')) nameEnd++;
        var name = text[nameStart..nameEnd].ToLowerInvariant();
        var close = TagEnd(text, nameEnd);
        if (close < 0) return $"Unclosed {(isEnd ? "end" : "start")} tag at byte offset {start}";
        at = close + 1;
        return isEnd ? Close(name, start, open) : Open(name, start, open);
    }

    private string? Open(string name, int start, Stack<string> open)
    {
        if (!tags.Contains(name)) return $"Unsupported start tag \"{name}\" at byte offset {start}";
        open.Push(name);
        return null;
    }

    private static string? Close(string name, int start, Stack<string> open)
    {
        if (!open.TryPop(out var expected)) return $"Unexpected end tag at byte offset {start}";
        if (name.Length > 0 && name != expected) return $"Unmatched end tag at byte offset {start}, expected \"</{expected}>\", found \"</{name}>\"";
        return null;
    }

    /// <summary>The closing bracket after the attributes, whose quoted values may hold brackets; −1 when there is none.</summary>
    private static int TagEnd(string text, int at)
    {
        char? quote = null;
        for (; at < text.Length; at++)
        {
            if (quote is null && text[at] == '>') return at;
            if (quote is null && text[at] == '<') return -1;
            if (text[at] is '"' or '\'') quote = quote is null ? text[at] : quote == text[at] ? null : quote;
        }
        return -1;
    }

    /// <summary>An entity shows as one character; an ampersand that starts none shows as itself.</summary>
    private static int SkipEntity(string text, ref int at)
    {
        var end = text.IndexOf(';', at, Math.Min(12, text.Length - at));
        var name = end < 0 ? "" : text[(at + 1)..end];
        var width = name is "lt" or "gt" or "amp" or "quot" ? 1 : NumericWidth(name);
        at = width == 0 ? at + 1 : end + 1;
        return Math.Max(1, width);
    }

    private static int NumericWidth(string name)
    {
        if (name.Length < 2 || name[0] != '#') return 0;
        var isHex = name[1] is 'x' or 'X';
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!int.TryParse(name.AsSpan(isHex ? 2 : 1), style, CultureInfo.InvariantCulture, out var code) || code <= 0) return 0;
        return code > 0xFFFF ? 2 : 1;
    }
}

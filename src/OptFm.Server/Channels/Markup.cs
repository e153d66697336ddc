using System.Buffers;
using System.Text;

namespace OptFm.Server.Channels;

/// <summary>
/// The neutral markup of everything the bot says: <c>**bold**</c>, <c>*italic*</c>, <c>`code`</c>, <c>[text](https://…)</c>, and a backslash
/// before punctuation makes it literal. Whatever finds no partner is literal. Pairs never reach over a blank line.
/// See docs/decisions/0002-neutral-markup.md.
/// </summary>
public static class Markup
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\*`[]");
    private static readonly SearchValues<char> SpecialInUrl = SearchValues.Create("\\()[]");

    /// <summary>Reads the text in linear time. Takes any text, the empty one included.</summary>
    public static IReadOnlyList<MarkupSpan> Parse(string text) => new MarkupParser(text).Parse();

    /// <summary>Makes any text literal, wherever in markup it is put.</summary>
    public static string Escape(string text) => Escape(text, Special);

    public static string ToPlain(string text) => text.AsSpan().ContainsAny(Special) ? ToPlain(Parse(text)) : text;

    public static string ToPlain(IReadOnlyList<MarkupSpan> spans) => string.Concat(spans.Select(s => s.Text));

    /// <summary>Writes spans as markup that reads back as the same spans.</summary>
    public static string Write(IReadOnlyList<MarkupSpan> spans)
    {
        var text = new StringBuilder();
        for (var i = 0; i < spans.Count; i++)
        {
            var before = i > 0 ? spans[i - 1] : null;
            var after = i + 1 < spans.Count ? spans[i + 1] : null;
            Write(text, before, spans[i], after);
        }

        return text.ToString();
    }

    /// <summary>Always nests link, bold, italic, code in this order, so that runs of asterisks read back in one way only.</summary>
    private static void Write(StringBuilder text, MarkupSpan? before, MarkupSpan span, MarkupSpan? after)
    {
        var opened = Shared(before, span);
        var kept = Shared(span, after);
        if (opened < 1 && span.Url is not null) text.Append('[');
        if (opened < 2 && span.Style.HasFlag(MarkupStyle.Bold)) text.Append("**");
        if (opened < 3 && span.Style.HasFlag(MarkupStyle.Italic)) text.Append('*');
        if (span.Style.HasFlag(MarkupStyle.Code)) text.Append('`');
        text.Append(Escape(span.Text));
        if (span.Style.HasFlag(MarkupStyle.Code)) text.Append('`');
        if (kept < 3 && span.Style.HasFlag(MarkupStyle.Italic)) text.Append('*');
        if (kept < 2 && span.Style.HasFlag(MarkupStyle.Bold)) text.Append("**");
        if (kept < 1 && span.Url is not null) text.Append("](").Append(Escape(span.Url, SpecialInUrl)).Append(')');
    }

    /// <summary>How many levels (link, bold, italic) two neighbours have in common, counted from the outermost.</summary>
    private static int Shared(MarkupSpan? left, MarkupSpan? right)
    {
        if (left is null || right is null || left.Url != right.Url) return 0;
        if (left.Url is not null && MarkupSpans.MakeBlankLine(left.Text, right.Text)) return 0;
        if (left.Style.HasFlag(MarkupStyle.Bold) != right.Style.HasFlag(MarkupStyle.Bold)) return 1;
        return left.Style.HasFlag(MarkupStyle.Italic) != right.Style.HasFlag(MarkupStyle.Italic) ? 2 : 3;
    }

    private static string Escape(string text, SearchValues<char> special)
    {
        if (!text.AsSpan().ContainsAny(special)) return text;

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (special.Contains(c)) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}

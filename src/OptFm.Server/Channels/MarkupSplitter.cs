using System.Globalization;

namespace OptFm.Server.Channels;

/// <summary>
/// Cuts long text into messages: at a paragraph, else a line, a sentence, a word, and only then between graphemes. A markup pair is cut
/// only where there is no other way; then it is closed and opened again. Only blanks at the cuts are lost.
/// </summary>
public static class MarkupSplitter
{
    /// <summary>Shorter limits could not hold one rendered character in every style.</summary>
    public const int LeastLength = 16;

    /// <summary>Splits so that every piece fits any messenger with this limit, whether it counts plain text or HTML.</summary>
    public static IReadOnlyList<string> Split(string text, int maxLength) => Split(text, maxLength, MarkupHtml.Render);

    /// <param name="text">Neutral markup of any length.</param>
    /// <param name="maxLength">Longest piece once rendered, in UTF-16 units, <see cref="LeastLength"/> or more.</param>
    /// <param name="render">Renders one span; a piece's length is the sum of its spans' lengths, or its plain length if that is greater.</param>
    /// <returns>Pieces in neutral markup, none of them blank; none at all for a blank text.</returns>
    public static IReadOnlyList<string> Split(string text, int maxLength, Func<MarkupSpan, string> render)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, LeastLength);
        if (string.IsNullOrWhiteSpace(text)) return [];

        var measure = new MarkupMeasure(render, maxLength);
        var spans = Markup.Parse(text);
        if (spans.All(s => string.IsNullOrWhiteSpace(s.Text))) return [];
        if (measure.Fits(spans)) return [text];

        return [.. new MarkupCuts(measure.WithoutOversizedMarks(spans), measure).Pieces().Select(Markup.Write)];
    }
}

/// <summary>What spans cost once rendered.</summary>
internal sealed class MarkupMeasure(Func<MarkupSpan, string> render, int maxLength)
{
    public int MaxLength => maxLength;

    public int Of(MarkupSpan span) => Math.Max(span.Text.Length, render(span).Length);

    public bool Fits(IReadOnlyList<MarkupSpan> spans)
    {
        var length = 0L;
        foreach (var span in spans)
        {
            if (span.Text.Length > maxLength) return false;
            length += Of(span);
            if (length > maxLength) return false;
        }

        return true;
    }

    /// <summary>A mark that leaves no room for text, such as a very long address, is given up; its text stays.</summary>
    public List<MarkupSpan> WithoutOversizedMarks(IReadOnlyList<MarkupSpan> spans) =>
        MarkupSpans.From(spans.Select(s => Of(s with { Text = "" }) + MarkupSplitter.LeastLength > maxLength ? new MarkupSpan(s.Text) : s));

    /// <summary>How many characters of the span fit into <paramref name="room"/>.</summary>
    public int Longest(MarkupSpan span, int room)
    {
        var fits = 0;
        var most = Math.Min(span.Text.Length, room);
        while (fits < most)
        {
            var middle = fits + (most - fits + 1) / 2;
            if (Of(span with { Text = span.Text[..middle] }) <= room) fits = middle;
            else most = middle - 1;
        }

        return fits;
    }

    public static int GraphemeLength(string text, int at)
    {
        // A grapheme longer than this is no writing but an attack; looking no further keeps the time linear.
        const int longest = 64;
        return StringInfo.GetNextTextElementLength(text.AsSpan(at, Math.Min(longest, text.Length - at)));
    }
}

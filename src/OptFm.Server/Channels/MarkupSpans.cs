namespace OptFm.Server.Channels;

/// <summary>Brings spans into the one form that <see cref="Markup.Write"/> can write and the parser reads back unchanged.</summary>
internal static class MarkupSpans
{
    /// <summary>Joins neighbours that look alike; blanks at the edge of an emphasis lose it, for a mark cannot stand beside a blank.</summary>
    public static List<MarkupSpan> From(IEnumerable<MarkupSpan> spans)
    {
        var parts = new List<Part>();
        foreach (var span in spans) AddParts(parts, span);
        var blankLines = BlankLines(parts);
        var left = NeighboursOfBlanks(parts, blankLines, 0, 1);
        var right = NeighboursOfBlanks(parts, blankLines, parts.Count - 1, -1);
        return Join(parts.Select((part, i) => part.Blank ? Calm(part.Span, left[i], right[i]) : part.Span), blankLines);
    }

    /// <summary>Whether text that follows another of the same link makes a blank line with it, which no pair may reach over.</summary>
    public static bool MakeBlankLine(string before, string after) => before is [.., '\n']
        ? after is ['\n', ..] or ['\r', '\n', ..]
        : before is [.., '\n', '\r'] && after is ['\n', ..];

    /// <summary>For each part, whether it makes a blank line with those before it, as two links beside each other may.</summary>
    private static bool[] BlankLines(List<Part> parts)
    {
        var blankLines = new bool[parts.Count];
        var tail = "";
        for (var i = 0; i < parts.Count; i++)
        {
            var (url, text) = (parts[i].Span.Url, parts[i].Span.Text);
            if (i > 0 && parts[i - 1].Span.Url != url) tail = "";
            blankLines[i] = url is not null && MakeBlankLine(tail, text);
            tail = text.Length > 1 ? text[^2..] : tail.Length > 0 ? tail[^1] + text : text;
        }

        return blankLines;
    }

    private static List<MarkupSpan> Join(IEnumerable<MarkupSpan> spans, bool[] blankLines)
    {
        var joined = new List<MarkupSpan>();
        var run = new List<string>();
        MarkupSpan? last = null;
        var part = 0;
        foreach (var span in spans)
        {
            if (last is not null && (blankLines[part] || !last.LooksLike(span))) Flush(joined, run, last);
            part++;
            run.Add(span.Text);
            last = span;
        }

        if (last is not null) Flush(joined, run, last);
        return joined;
    }

    private static void Flush(List<MarkupSpan> joined, List<string> run, MarkupSpan like)
    {
        joined.Add(run.Count == 1 ? like : like with { Text = string.Concat(run) });
        run.Clear();
    }

    private static void AddParts(List<Part> parts, MarkupSpan span)
    {
        var text = span.Text;
        if (span.Style == MarkupStyle.None || span.Style.HasFlag(MarkupStyle.Code))
        {
            parts.Add(new Part(span, Blank: span.Style == MarkupStyle.None && string.IsNullOrWhiteSpace(text)));
            return;
        }

        var from = text.Length - text.AsSpan().TrimStart().Length;
        var to = Math.Max(from, text.AsSpan().TrimEnd().Length);
        if (from > 0) parts.Add(new Part(span with { Text = text[..from] }, Blank: true));
        if (to > from) parts.Add(new Part(span with { Text = text[from..to] }, Blank: false));
        if (to < text.Length) parts.Add(new Part(span with { Text = text[to..] }, Blank: true));
    }

    /// <summary>For each part, the nearest part before it (in the given direction) that is not blank, within the same link and paragraph.</summary>
    private static MarkupSpan?[] NeighboursOfBlanks(List<Part> parts, bool[] blankLines, int start, int step)
    {
        var neighbours = new MarkupSpan?[parts.Count];
        MarkupSpan? nearest = null;
        for (var i = start; i >= 0 && i < parts.Count; i += step)
        {
            if (nearest?.Url != parts[i].Span.Url || (step > 0 && blankLines[i]) || (step < 0 && i + 1 < parts.Count && blankLines[i + 1])) nearest = null;
            neighbours[i] = nearest;
            if (!parts[i].Blank) nearest = parts[i].Span;
        }

        return neighbours;
    }

    private static MarkupSpan Calm(MarkupSpan blank, MarkupSpan? left, MarkupSpan? right)
    {
        var common = blank.Style & (left?.Style ?? MarkupStyle.None) & (right?.Style ?? MarkupStyle.None);
        var bold = common & MarkupStyle.Bold;
        var sameBold = (((left?.Style ?? MarkupStyle.None) ^ common) & MarkupStyle.Bold) == MarkupStyle.None && (((right?.Style ?? MarkupStyle.None) ^ common) & MarkupStyle.Bold) == MarkupStyle.None;
        return blank with { Style = sameBold ? common : bold };
    }

    private readonly record struct Part(MarkupSpan Span, bool Blank);
}

namespace OptFm.Server.Channels;

/// <summary>Brings spans into the one form that <see cref="Markup.Write"/> can write and the parser reads back unchanged.</summary>
internal static class MarkupSpans
{
    /// <summary>Joins neighbours that look alike; blanks at the edge of an emphasis lose it, for a mark cannot stand beside a blank.</summary>
    public static List<MarkupSpan> From(IEnumerable<MarkupSpan> spans)
    {
        var parts = new List<Part>();
        foreach (var span in spans) AddParts(parts, span);
        var left = NeighboursOfBlanks(parts, 0, 1);
        var right = NeighboursOfBlanks(parts, parts.Count - 1, -1);
        return Join(parts.Select((part, i) => part.Blank ? Calm(part.Span, left[i], right[i]) : part.Span));
    }

    private static List<MarkupSpan> Join(IEnumerable<MarkupSpan> spans)
    {
        var joined = new List<MarkupSpan>();
        var run = new List<string>();
        MarkupSpan? last = null;
        foreach (var span in spans)
        {
            if (last is not null && !last.LooksLike(span)) Flush(joined, run, last);
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

    /// <summary>For each part, the nearest part before it (in the given direction) that is not blank, within the same link.</summary>
    private static MarkupSpan?[] NeighboursOfBlanks(List<Part> parts, int start, int step)
    {
        var neighbours = new MarkupSpan?[parts.Count];
        MarkupSpan? nearest = null;
        for (var i = start; i >= 0 && i < parts.Count; i += step)
        {
            if (nearest?.Url != parts[i].Span.Url) nearest = null;
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

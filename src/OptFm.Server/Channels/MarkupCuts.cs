namespace OptFm.Server.Channels;

/// <summary>Finds the cuts in one text. Every piece takes time in proportion to the limit and holds at least a quarter of what would fit.</summary>
internal sealed class MarkupCuts
{
    private readonly MarkupMeasure _measure;
    private readonly IReadOnlyList<MarkupSpan> _spans;
    private readonly string _plain;
    private readonly int[] _spanAt;
    private readonly int[] _starts;

    public MarkupCuts(IReadOnlyList<MarkupSpan> spans, MarkupMeasure measure)
    {
        (_spans, _measure, _plain) = (spans, measure, Markup.ToPlain(spans));
        _spanAt = new int[_plain.Length];
        _starts = new int[spans.Count];
        var at = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            _starts[i] = at;
            _spanAt.AsSpan(at, spans[i].Text.Length).Fill(i);
            at += spans[i].Text.Length;
        }
    }

    private delegate bool Break(int at);

    private delegate bool Pair(MarkupSpan span, MarkupSpan next);

    public IEnumerable<IReadOnlyList<MarkupSpan>> Pieces()
    {
        var start = SkipBlanks(0);
        while (start < _plain.Length)
        {
            var (piece, cut) = FittingPiece(start);
            if (piece.Count > 0) yield return piece;
            start = SkipBlanks(cut);
        }
    }

    /// <summary>An emphasis that now begins at a blank is written anew, which may take a few characters more: then a shorter piece is tried.</summary>
    private (List<MarkupSpan> Piece, int Cut) FittingPiece(int start)
    {
        for (var reach = Reach(start); ; reach = start + Math.Max(1, (reach - start) * 3 / 4))
        {
            var cut = Cut(start, reach);
            var piece = Piece(start, cut);
            if (_measure.Fits(piece) || reach - start <= 1) return (piece, cut);
        }
    }

    /// <summary>The furthest position at which a piece from <paramref name="start"/> still fits.</summary>
    private int Reach(int start)
    {
        var room = _measure.MaxLength;
        var at = start;
        while (at < _plain.Length)
        {
            var span = _spans[_spanAt[at]];
            var rest = at == _starts[_spanAt[at]] ? span : span with { Text = span.Text[(at - _starts[_spanAt[at]])..] };
            if (rest.Text.Length > room) rest = rest with { Text = rest.Text[..room] };
            var fits = _measure.Longest(rest, room);
            at += fits;
            if (fits < rest.Text.Length || rest.Text.Length == 0) break;
            room -= _measure.Of(rest);
        }

        return Math.Max(at, start + 1);
    }

    private int Cut(int start, int reach)
    {
        if (reach >= _plain.Length) return reach;

        ReadOnlySpan<Pair> pairs = [static (a, b) => a.Continues(b), static (a, b) => a.Url is not null && a.Url == b.Url, static (_, _) => false];
        var least = start + Math.Max(1, (reach - start) / 4);
        foreach (var pair in pairs)
        {
            foreach (var isBreak in (ReadOnlySpan<Break>)[IsParagraphEnd, IsLineEnd, IsSentenceEnd, IsWordEnd])
            {
                for (var at = reach; at >= least; at--)
                {
                    if (isBreak(at) && !pair(_spans[_spanAt[at - 1]], _spans[_spanAt[at]])) return at;
                }
            }
        }

        return BetweenGraphemes(start, least, reach);
    }

    private bool IsWordEnd(int at) => char.IsWhiteSpace(_plain[at]) && MarkupMeasure.GraphemeLength(_plain, at) == 1;

    private bool IsSentenceEnd(int at) => _plain[at - 1] is '.' or '!' or '?' or '…' or ';' && IsWordEnd(at);

    private bool IsLineEnd(int at) => _plain[at] == '\n' && IsWordEnd(at);

    private bool IsParagraphEnd(int at) => at + 1 < _plain.Length && _plain[at + 1] == '\n' && IsLineEnd(at);

    private int BetweenGraphemes(int start, int least, int reach)
    {
        var last = start;
        var outsidePairs = start;
        for (var at = start + MarkupMeasure.GraphemeLength(_plain, start); at <= reach; at += MarkupMeasure.GraphemeLength(_plain, at))
        {
            last = at;
            if (!_spans[_spanAt[at - 1]].Continues(_spans[_spanAt[at]])) outsidePairs = at;
        }

        if (outsidePairs >= least) return outsidePairs;
        if (last > start) return last;

        // One grapheme longer than a message: only whole code points are left to keep.
        return reach - start > 1 && char.IsHighSurrogate(_plain[reach - 1]) ? reach - 1 : reach;
    }

    private int SkipBlanks(int at)
    {
        while (at < _plain.Length && char.IsWhiteSpace(_plain[at]) && (MarkupMeasure.GraphemeLength(_plain, at) == 1 || _plain[at] == '\r')) at++;
        return at;
    }

    private List<MarkupSpan> Piece(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(_plain[end - 1])) end--;
        var parts = new List<MarkupSpan>();
        for (var at = start; at < end;)
        {
            var index = _spanAt[at];
            var stop = Math.Min(end, _starts[index] + _spans[index].Text.Length);
            parts.Add(_spans[index] with { Text = _plain[at..stop] });
            at = stop;
        }

        return MarkupSpans.From(parts);
    }
}

namespace OptFm.Search.Products;

/// <summary>What a term is in a model's name.</summary>
internal enum ModelPart
{
    Series,
    Mark,
    Number,
}

/// <summary>
/// Collects the terms of a name's segments. One that goes on a list begins with what the list's first began with: with its brand and
/// series where it has a series of its own ("Samsung SM-G965F/Galaxy S9"), with everything before the number where it has not ("Redmi Note 10/10S").
/// Used for one name after the other.
/// </summary>
internal sealed class NameSegments
{
    private readonly List<(Segment Segment, int Term, ModelPart Part)> _terms = [];
    private readonly List<(Segment Segment, int Term, ModelPart Part)> _segment = [];

    /// <summary>How the list that may go on began.</summary>
    private readonly List<(Segment Segment, int Term, ModelPart Part)> _start = [];
    private int _last;

    public void Add(Segment segment, int term, ModelPart part) => _terms.Add((segment, term, part));

    /// <summary>Writes all segments, each ended by -1, and forgets them.</summary>
    public void Write(PackedLists.Builder segments)
    {
        _last = -2;
        var left = _terms.Count;
        for (var number = 0; left > 0; number++)
        {
            _segment.Clear();
            foreach (var term in _terms)
                if (term.Segment.Number == number) _segment.Add(term);
            left -= _segment.Count;
            if (_segment.Count > 0) WriteSegment(number, segments);
        }

        _terms.Clear();
    }

    private void WriteSegment(int number, PackedLists.Builder segments)
    {
        if (_segment[0].Segment.Inherits && number == _last + 1) Inherit(_segment[0].Part == ModelPart.Number, segments);
        else Begin();
        foreach (var (_, term, _) in _segment) segments.Add(term);
        segments.Add(-1);
        _last = number;
    }

    private void Inherit(bool isBare, PackedLists.Builder segments)
    {
        foreach (var (_, term, part) in _start)
            if (isBare || part == ModelPart.Series) segments.Add(term);
    }

    private void Begin()
    {
        _start.Clear();
        foreach (var term in _segment)
        {
            if (term.Part == ModelPart.Number) return;
            _start.Add(term);
        }
    }
}

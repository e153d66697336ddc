namespace OptFm.Search.Products;

/// <summary>
/// Collects the terms of a name's segments. One that goes on a list begins with what the list's first began with: with its brand and
/// series where it has a series of its own ("Samsung SM-G965F/Galaxy S9"), with everything before the number where it has not ("Redmi Note 10/10S").
/// </summary>
internal sealed class NameSegments
{
    private readonly SortedDictionary<int, (bool Inherits, List<(int Term, Part Part)> Terms)> _segments = [];

    /// <summary>What a term is in a model's name.</summary>
    internal enum Part
    {
        Series,
        Mark,
        Number,
    }

    public void Add(Segment segment, int term, Part part)
    {
        if (!_segments.TryGetValue(segment.Number, out var found)) _segments[segment.Number] = found = (segment.Inherits, []);
        found.Terms.Add((term, part));
    }

    /// <returns>All segments, each ended by -1.</returns>
    public int[] Write()
    {
        var all = new List<int>();
        List<(int Term, Part Part)> start = [];
        var last = -2;
        foreach (var (number, (inherits, terms)) in _segments)
        {
            if (inherits && number == last + 1)
            {
                var isBare = terms[0].Part == Part.Number;
                all.AddRange(start.Where(term => isBare || term.Part == Part.Series).Select(term => term.Term));
            }
            else
            {
                start = [.. terms.TakeWhile(term => term.Part != Part.Number)];
            }

            all.AddRange(terms.Select(term => term.Term));
            all.Add(-1);
            last = number;
        }

        return [.. all];
    }
}

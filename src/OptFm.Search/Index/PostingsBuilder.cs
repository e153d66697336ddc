namespace OptFm.Search.Index;

/// <summary>Collects postings text by text, then sorts them by term.</summary>
internal sealed class PostingsBuilder
{
    private int[] _terms = new int[256];
    private int[] _texts = new int[256];
    private float[] _weights = new float[256];
    private int _count;

    /// <param name="text">Not lower than that of the term's posting before.</param>
    public void Add(int term, int text, float weight)
    {
        if (_count == _terms.Length) Grow();
        (_terms[_count], _texts[_count], _weights[_count]) = (term, text, weight);
        _count++;
    }

    /// <param name="join">Of a term's weights in one text makes one.</param>
    public Postings Build(int terms, Func<float, float, float> join)
    {
        var (starts, order) = ByTerm(terms);
        var kept = 0;
        for (var term = 0; term < terms; term++)
        {
            var first = kept;
            for (var i = starts[term]; i < starts[term + 1]; i++)
            {
                var (text, weight) = order[i];
                if (kept > first && order[kept - 1].Text == text) order[kept - 1].Weight = join(order[kept - 1].Weight, weight);
                else order[kept++] = (text, weight);
            }

            starts[term] = first;
        }

        starts[terms] = kept;
        return Split(starts, order.AsSpan(0, kept));
    }

    /// <summary>A counting sort, which leaves the texts of a term in their order.</summary>
    private (int[] Starts, (int Text, float Weight)[] Order) ByTerm(int terms)
    {
        var starts = new int[terms + 1];
        for (var i = 0; i < _count; i++) starts[_terms[i] + 1]++;
        for (var term = 0; term < terms; term++) starts[term + 1] += starts[term];
        var next = starts.AsSpan(0, terms).ToArray();
        var order = new (int, float)[_count];
        for (var i = 0; i < _count; i++) order[next[_terms[i]]++] = (_texts[i], _weights[i]);
        return (starts, order);
    }

    private static Postings Split(int[] starts, ReadOnlySpan<(int Text, float Weight)> order)
    {
        var texts = new int[order.Length];
        var weights = new float[order.Length];
        for (var i = 0; i < order.Length; i++) (texts[i], weights[i]) = order[i];
        return new Postings(starts, texts, weights);
    }

    private void Grow()
    {
        Array.Resize(ref _terms, _count * 2);
        Array.Resize(ref _texts, _count * 2);
        Array.Resize(ref _weights, _count * 2);
    }
}

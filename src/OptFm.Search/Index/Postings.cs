namespace OptFm.Search.Index;

/// <summary>Posting lists of numbered terms, all in three arrays: compressed sparse rows.</summary>
/// <param name="starts">Where the list of each term starts; one more for the end.</param>
internal sealed class Postings(int[] starts, int[] texts, float[] weights)
{
    public int Terms => starts.Length - 1;

    public PostingList Of(int term) => new(texts.AsSpan(starts[term], Count(term)), weights.AsSpan(starts[term], Count(term)));

    /// <summary>The part of the list in texts from the first to before the end.</summary>
    public PostingList Of(int term, int first, int end)
    {
        var list = texts.AsSpan(starts[term], Count(term));
        var from = Lower(list, first);
        var count = Lower(list[from..], end);
        return new(list.Slice(from, count), weights.AsSpan(starts[term] + from, count));
    }

    /// <summary>How many texts have the term.</summary>
    public int Count(int term) => starts[term + 1] - starts[term];

    /// <summary>The same lists with other weights.</summary>
    /// <param name="weight">Of term, text and weight until now.</param>
    public Postings Reweighted(Func<int, int, float, float> weight)
    {
        var changed = new float[weights.Length];
        for (var term = 0; term < Terms; term++)
            for (var i = starts[term]; i < starts[term + 1]; i++) changed[i] = weight(term, texts[i], weights[i]);
        return new Postings(starts, texts, changed);
    }

    /// <summary>The lists by text, with the terms of each.</summary>
    public Postings Transposed(int textCount)
    {
        var builder = new PostingsBuilder();
        for (var term = 0; term < Terms; term++)
            for (var i = starts[term]; i < starts[term + 1]; i++) builder.Add(texts[i], term, weights[i]);
        return builder.Build(textCount, static (first, _) => first);
    }

    /// <summary>Sums of squared weights by text.</summary>
    public float[] Squares(int textCount)
    {
        var squares = new float[textCount];
        for (var i = 0; i < texts.Length; i++) squares[texts[i]] += weights[i] * weights[i];
        return squares;
    }

    /// <summary>How many are lower.</summary>
    private static int Lower(ReadOnlySpan<int> sorted, int value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

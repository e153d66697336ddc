namespace OptFm.Search.Index;

/// <summary>Working memory for the cosines of one query at a time with single texts of an n-gram index.</summary>
internal sealed class NgramTexts(NgramIndex index)
{
    /// <summary>By n-gram, zero where the query lacks it.</summary>
    private readonly float[] _query = new float[index.Grams];

    public void Load(ReadOnlySpan<NgramVector.Gram> query)
    {
        var norm = index.Norm(query);
        foreach (var gram in query)
        {
            var number = index.Number(gram);
            if (number >= 0) _query[number] = index.Weight(gram, number) / norm;
        }
    }

    public void Unload(ReadOnlySpan<NgramVector.Gram> query)
    {
        foreach (var gram in query)
        {
            var number = index.Number(gram);
            if (number >= 0) _query[number] = 0;
        }
    }

    public float Cosine(int text)
    {
        var row = index.Text(text);
        var grams = row.Texts;
        var weights = row.Weights;
        var cosine = 0f;
        for (var i = 0; i < grams.Length; i++) cosine += _query[grams[i]] * weights[i];
        return cosine;
    }
}

namespace OptFm.Search.Index;

/// <summary>
/// Cosine similarity over character n-grams with tf-idf weights: sees what stems miss, such as "оптом" in "оптовикам".
/// After Cavnar and Trenkle, N-Gram-Based Text Categorization, 1994.
/// </summary>
internal sealed class NgramIndex
{
    private readonly GramNumbers _numbers = new();
    private readonly float[] _idf;
    private readonly float _unknownIdf;

    /// <summary>An n-gram of more texts than this tells them little apart and costs the most.</summary>
    private readonly int _tooCommon;

    /// <summary>By n-gram the texts, or by text the n-grams.</summary>
    private readonly Postings _rows;

    /// <param name="texts">Each text's words; stop words left out.</param>
    /// <param name="byText">Whether to keep the n-grams of each text, for single cosines, rather than the texts of each n-gram, for all of them.</param>
    public NgramIndex(IReadOnlyList<IReadOnlyList<string>> texts, bool byText)
    {
        var builder = new PostingsBuilder();
        var vector = new NgramVector();
        for (var text = 0; text < texts.Count; text++)
            foreach (var gram in vector.Read(texts[text])) builder.Add(_numbers.Add(gram.Code), text, gram.Frequency);
        var frequencies = builder.Build(_numbers.Count, static (first, _) => first);
        _tooCommon = Math.Max(64, texts.Count / 6);
        _unknownIdf = TermWeights.Idf(texts.Count, 0);
        _idf = new float[_numbers.Count];
        for (var gram = 0; gram < _idf.Length; gram++) _idf[gram] = TermWeights.Idf(texts.Count, frequencies.Count(gram));
        var normalised = Normalised(frequencies, texts.Count);
        _rows = byText ? normalised.Transposed(texts.Count) : normalised;
    }

    public int Grams => _idf.Length;

    /// <returns>The number of the n-gram, or -1.</returns>
    public int Number(NgramVector.Gram gram) => _numbers.Find(gram.Code);

    public float Weight(NgramVector.Gram gram, int number) => gram.Frequency * (number < 0 ? _unknownIdf : _idf[number]);

    /// <summary>The n-grams of a text and their weights, where the index is kept by text.</summary>
    public PostingList Text(int text) => _rows.Of(text);

    /// <summary>Adds the cosine of the query to each text that shares an n-gram, where the index is kept by n-gram.</summary>
    public void Score(ReadOnlySpan<NgramVector.Gram> query, float[] cosines)
    {
        var norm = Norm(query);
        foreach (var gram in query)
        {
            var number = Number(gram);
            if (number < 0) continue;
            var weight = Weight(gram, number) / norm;
            var postings = _rows.Of(number);
            if (postings.Texts.Length > _tooCommon) continue;
            for (var i = 0; i < postings.Texts.Length; i++) cosines[postings.Texts[i]] += weight * postings.Weights[i];
        }
    }

    public float Norm(ReadOnlySpan<NgramVector.Gram> grams)
    {
        float squares = 0;
        foreach (var gram in grams)
        {
            var weight = Weight(gram, Number(gram));
            squares += weight * weight;
        }

        return MathF.Sqrt(squares);
    }

    private Postings Normalised(Postings frequencies, int textCount)
    {
        var weighted = frequencies.Reweighted((gram, _, frequency) => frequency * _idf[gram]);
        var squares = weighted.Squares(textCount);
        return weighted.Reweighted((_, text, weight) => weight / MathF.Sqrt(squares[text]));
    }
}

namespace OptFm.Search.Index;

/// <summary>
/// Cosine similarity over character n-grams within word boundaries, 3 and 4 letters long: sees what stems miss, such as
/// "оптом" in "оптовикам". Cavnar and Trenkle's n-gram idea with tf-idf weights. An n-gram is packed into 64 bits, so none collide.
/// </summary>
internal sealed class NgramIndex
{
    private readonly Dictionary<ulong, PostingList> _postings = [];
    private readonly Dictionary<ulong, float> _idf = [];
    private readonly float _unknownIdf;

    /// <param name="texts">Each text's words; stop words left out.</param>
    public NgramIndex(IReadOnlyList<IReadOnlyList<string>> texts)
    {
        Count = texts.Count;
        _unknownIdf = TermWeights.Idf(Count, 0);
        var grams = texts.Select(Grams).ToList();
        foreach (var group in grams.SelectMany(text => text.Keys).GroupBy(gram => gram))
            _idf[group.Key] = TermWeights.Idf(Count, group.Count());
        var vectors = grams.Select(Vector).ToList();
        foreach (var group in vectors.SelectMany((vector, text) => vector.Select(gram => (gram.Key, text, gram.Value))).GroupBy(x => x.Key))
            _postings[group.Key] = new PostingList([.. group.Select(x => x.text)], [.. group.Select(x => x.Value)]);
    }

    /// <summary>Texts indexed.</summary>
    public int Count { get; }

    /// <summary>Adds the cosine of the query to each text that shares an n-gram.</summary>
    /// <param name="cosines">By text, zero before.</param>
    /// <param name="touched">Receives each text that got a value.</param>
    public void Score(IReadOnlyList<string> words, float[] cosines, List<int> touched)
    {
        foreach (var (gram, weight) in Vector(Grams(words)))
        {
            if (!_postings.TryGetValue(gram, out var postings)) continue;
            for (var i = 0; i < postings.Texts.Length; i++)
            {
                var text = postings.Texts[i];
                if (cosines[text] == 0) touched.Add(text);
                cosines[text] += weight * postings.Weights[i];
            }
        }
    }

    private Dictionary<ulong, float> Vector(Dictionary<ulong, int> grams)
    {
        var vector = new Dictionary<ulong, float>(grams.Count);
        double squares = 0;
        foreach (var (gram, count) in grams)
        {
            var weight = (1 + MathF.Log(count)) * _idf.GetValueOrDefault(gram, _unknownIdf);
            vector[gram] = weight;
            squares += weight * weight;
        }

        var scale = squares == 0 ? 0 : (float)(1 / Math.Sqrt(squares));
        foreach (var gram in grams.Keys) vector[gram] *= scale;
        return vector;
    }

    private static Dictionary<ulong, int> Grams(IReadOnlyList<string> words)
    {
        var grams = new Dictionary<ulong, int>();
        foreach (var word in words) AddGrams(word, grams);
        return grams;
    }

    private static void AddGrams(string word, Dictionary<ulong, int> grams)
    {
        ulong window = ' ';
        for (var i = 0; i <= word.Length; i++)
        {
            window = (window << 16) | (i < word.Length ? word[i] : ' ');
            if (i >= 1) Tally(grams, window & 0xFFFF_FFFF_FFFF);
            if (i >= 2) Tally(grams, window);
        }
    }

    private static void Tally(Dictionary<ulong, int> grams, ulong gram) => grams[gram] = grams.GetValueOrDefault(gram) + 1;
}

using System.Runtime.InteropServices;

namespace OptFm.Search.Index;

/// <summary>
/// Cosine similarity over character n-grams with tf-idf weights: sees what stems miss, such as "оптом" in "оптовикам".
/// After Cavnar and Trenkle, N-Gram-Based Text Categorization, 1994.
/// </summary>
internal sealed class NgramIndex
{
    private readonly Dictionary<ulong, Entry> _grams = [];
    private readonly float _unknownIdf;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(float Idf, PostingList Postings);

    /// <param name="texts">Each text's words; stop words left out.</param>
    public NgramIndex(IReadOnlyList<IReadOnlyList<string>> texts)
    {
        _unknownIdf = TermWeights.Idf(texts.Count, 0);
        var vectors = texts.Select(NgramVector.Of).ToList();
        foreach (var gram in vectors.SelectMany(vector => vector).GroupBy(gram => gram.Gram))
            _grams[gram.Key] = new Entry(TermWeights.Idf(texts.Count, gram.Count()), PostingList.Empty);
        var norms = vectors.ConvertAll(Norm);
        var postings = vectors.SelectMany((vector, text) => vector.Select(gram => (gram.Gram, text, Weight: Weight(gram) / norms[text])));
        foreach (var list in postings.GroupBy(posting => posting.Gram))
            _grams[list.Key] = _grams[list.Key] with { Postings = new([.. list.Select(x => x.text)], [.. list.Select(x => x.Weight)]) };
    }

    /// <summary>Adds the cosine of the query to each text that shares an n-gram.</summary>
    /// <param name="cosines">By text, zero before.</param>
    /// <param name="touched">Receives each text that got a value.</param>
    public void Score(List<(ulong Gram, int Count)> query, float[] cosines, List<int> touched)
    {
        var norm = Norm(query);
        foreach (var gram in query)
        {
            if (!_grams.TryGetValue(gram.Gram, out var entry)) continue;
            var weight = Frequency(gram.Count) * entry.Idf / norm;
            var (texts, weights) = entry.Postings;
            for (var i = 0; i < texts.Length; i++)
            {
                if (cosines[texts[i]] == 0) touched.Add(texts[i]);
                cosines[texts[i]] += weight * weights[i];
            }
        }
    }

    private float Norm(List<(ulong Gram, int Count)> grams)
    {
        float squares = 0;
        foreach (var gram in grams)
        {
            var weight = Weight(gram);
            squares += weight * weight;
        }

        return MathF.Sqrt(squares);
    }

    private float Weight((ulong Gram, int Count) gram) =>
        Frequency(gram.Count) * (_grams.TryGetValue(gram.Gram, out var entry) ? entry.Idf : _unknownIdf);

    private static float Frequency(int count) => count == 1 ? 1 : 1 + MathF.Log(count);
}

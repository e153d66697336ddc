using OptFm.Search.Text;

namespace OptFm.Search.Index;

/// <summary>Collects texts, then weighs their words and builds the index. The only mutable state of the library.</summary>
internal sealed class TextIndexBuilder(Synonyms synonyms)
{
    private readonly List<Text> _texts = [];
    private readonly Dictionary<string, int> _stems = [];
    private readonly PostingsBuilder _stemEntries = new();
    private readonly PostingsBuilder _conceptEntries = new();

    private sealed record Text(int Entry, Field Field, IReadOnlyList<Word> Words, int[] Stems, List<int>?[] Concepts);

    /// <param name="entry">Not lower than that of the text before.</param>
    public void Add(int entry, Field field, IReadOnlyList<Word> words)
    {
        var text = new Text(entry, field, words, new int[words.Count], synonyms.Find(words));
        for (var i = 0; i < words.Count; i++)
        {
            _stems.TryAdd(words[i].Stem, _stems.Count);
            text.Stems[i] = _stems[words[i].Stem];
            _stemEntries.Add(text.Stems[i], entry, 1);
            foreach (var concept in text.Concepts[i] ?? []) _conceptEntries.Add(concept, entry, 1);
        }

        _texts.Add(text);
    }

    public TextIndex Build(int entryCount)
    {
        var stemEntries = _stemEntries.Build(_stems.Count, static (a, b) => a + b);
        var conceptEntries = _conceptEntries.Build(synonyms.Count, static (a, b) => a + b);
        var stemIdf = Idf(stemEntries, entryCount);
        var weights = _texts.ConvertAll(text => Weights(text, stemIdf));
        var (stemTexts, conceptTexts) = Texts(weights);
        return new TextIndex
        {
            EntryCount = entryCount,
            FirstText = FirstTexts(entryCount),
            Field = Fields(),
            Norm = Each(weights, Norm),
            Mass = Each(weights, Mass),
            Stems = _stems,
            StemTexts = stemTexts,
            ConceptTexts = conceptTexts,
            StemEntries = Saturated(stemEntries),
            ConceptEntries = Saturated(conceptEntries),
            StemIdf = stemIdf,
            ConceptIdf = Idf(conceptEntries, entryCount),
            UnknownIdf = TermWeights.Idf(entryCount, 0),
        };
    }

    private (Postings Stems, Postings Concepts) Texts(List<float[]> weights)
    {
        var stems = new PostingsBuilder();
        var concepts = new PostingsBuilder();
        for (var text = 0; text < _texts.Count; text++)
        {
            for (var i = 0; i < weights[text].Length; i++)
            {
                stems.Add(_texts[text].Stems[i], text, weights[text][i]);
                foreach (var concept in _texts[text].Concepts[i] ?? []) concepts.Add(concept, text, weights[text][i]);
            }
        }

        return (stems.Build(_stems.Count, Math.Max), concepts.Build(synonyms.Count, Math.Max));
    }

    private Field[] Fields()
    {
        var fields = new Field[_texts.Count];
        for (var text = 0; text < fields.Length; text++) fields[text] = _texts[text].Field;
        return fields;
    }

    private int[] FirstTexts(int entryCount)
    {
        var first = new int[entryCount + 1];
        foreach (var text in _texts) first[text.Entry + 1]++;
        for (var entry = 0; entry < entryCount; entry++) first[entry + 1] += first[entry];
        return first;
    }

    private static float[] Weights(Text text, float[] idf)
    {
        var weights = new float[text.Stems.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = idf[text.Stems[i]] * (text.Words[i].IsWeak ? TermWeights.Weak : 1);
        return weights;
    }

    private static float[] Each(List<float[]> weights, Func<float[], float> sum)
    {
        var sums = new float[weights.Count];
        for (var text = 0; text < sums.Length; text++) sums[text] = sum(weights[text]);
        return sums;
    }

    private static float Mass(float[] weights)
    {
        float sum = 0;
        foreach (var weight in weights) sum += weight;
        return sum;
    }

    private static float Norm(float[] weights)
    {
        float squares = 0;
        foreach (var weight in weights) squares += weight * weight;
        return MathF.Sqrt(squares);
    }

    private static float[] Idf(Postings entries, int entryCount)
    {
        var idf = new float[entries.Terms];
        for (var term = 0; term < idf.Length; term++) idf[term] = TermWeights.Idf(entryCount, entries.Count(term));
        return idf;
    }

    private static Postings Saturated(Postings counts) => counts.Reweighted(static (_, _, count) => TermWeights.Saturate(count));
}

using OptFm.Search.Text;

namespace OptFm.Search.Index;

/// <summary>Collects texts, then weighs their words and builds the index. The only mutable state of the library.</summary>
internal sealed class TextIndexBuilder(Synonyms synonyms)
{
    private readonly List<(int Entry, Field Field, List<Word> Words, List<int>?[] Concepts)> _texts = [];
    private readonly Dictionary<string, HashSet<int>> _entriesWithStem = [];
    private readonly HashSet<int>[] _entriesWithConcept = [.. Enumerable.Range(0, synonyms.Count).Select(_ => new HashSet<int>())];
    private readonly Dictionary<string, Dictionary<int, float>> _stemWeights = [];
    private readonly Dictionary<int, float>[] _conceptWeights = [.. Enumerable.Range(0, synonyms.Count).Select(_ => new Dictionary<int, float>())];

    private readonly Dictionary<string, Dictionary<int, float>> _stemCounts = [];
    private readonly Dictionary<int, float>[] _conceptCounts = [.. Enumerable.Range(0, synonyms.Count).Select(_ => new Dictionary<int, float>())];

    public void Add(int entry, Field field, string text)
    {
        var words = TextAnalyzer.Read(text);
        if (words.Count == 0) return;
        var concepts = synonyms.Find(words);
        _texts.Add((entry, field, words, concepts));
        for (var i = 0; i < words.Count; i++)
        {
            if (!_entriesWithStem.TryGetValue(words[i].Stem, out var entries)) _entriesWithStem[words[i].Stem] = entries = [];
            entries.Add(entry);
            Count(_stemCounts, words[i].Stem, entry);
            foreach (var concept in concepts[i] ?? [])
            {
                _entriesWithConcept[concept].Add(entry);
                _conceptCounts[concept][entry] = _conceptCounts[concept].GetValueOrDefault(entry) + 1;
            }
        }
    }

    public TextIndex Build(int entryCount)
    {
        var idf = _entriesWithStem.ToDictionary(stem => stem.Key, stem => TermWeights.Idf(entryCount, stem.Value.Count));
        var norm = new float[_texts.Count];
        var mass = new float[_texts.Count];
        for (var text = 0; text < _texts.Count; text++) (norm[text], mass[text]) = Weigh(text, idf);
        return new TextIndex
        {
            EntryCount = entryCount,
            Entry = [.. _texts.Select(text => text.Entry)],
            Field = [.. _texts.Select(text => text.Field)],
            Norm = norm,
            Mass = mass,
            Stems = _stemWeights.ToDictionary(stem => stem.Key, stem => Postings(stem.Value)),
            Concepts = [.. _conceptWeights.Select(Postings)],
            EntryStems = _stemCounts.ToDictionary(stem => stem.Key, stem => Saturated(stem.Value)),
            EntryConcepts = [.. _conceptCounts.Select(Saturated)],
            Idf = idf,
            ConceptIdf = [.. _entriesWithConcept.Select(entries => TermWeights.Idf(entryCount, entries.Count))],
            UnknownIdf = TermWeights.Idf(entryCount, 0),
        };
    }

    private (float Norm, float Mass) Weigh(int text, Dictionary<string, float> idf)
    {
        var (_, _, words, concepts) = _texts[text];
        float squares = 0, sum = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var weight = idf[words[i].Stem] * (words[i].IsWeak ? TermWeights.Weak : 1);
            squares += weight * weight;
            sum += weight;
            if (!_stemWeights.TryGetValue(words[i].Stem, out var texts)) _stemWeights[words[i].Stem] = texts = [];
            texts[text] = weight;
            foreach (var concept in concepts[i] ?? [])
                _conceptWeights[concept][text] = Math.Max(weight, _conceptWeights[concept].GetValueOrDefault(text));
        }

        return (MathF.Sqrt(squares), sum);
    }

    private static void Count(Dictionary<string, Dictionary<int, float>> counts, string stem, int entry)
    {
        if (!counts.TryGetValue(stem, out var entries)) counts[stem] = entries = [];
        entries[entry] = entries.GetValueOrDefault(entry) + 1;
    }

    private static PostingList Saturated(Dictionary<int, float> counts) =>
        Postings(counts.ToDictionary(count => count.Key, count => TermWeights.Saturate(count.Value)));

    private static PostingList Postings(Dictionary<int, float> weights) =>
        weights.Count == 0 ? PostingList.Empty : new([.. weights.Keys], [.. weights.Values]);
}

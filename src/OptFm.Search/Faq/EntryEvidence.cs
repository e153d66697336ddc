using OptFm.Search.Index;

namespace OptFm.Search.Faq;

/// <summary>What speaks for entries as wholes, of one query at a time.</summary>
internal sealed class EntryEvidence(int entryCount)
{
    private const float TopicWeight = 2;
    private const float Least = 0.02f;
    private readonly float[] _bm25 = new float[entryCount];
    private readonly float[] _coverage = new float[entryCount];
    private readonly float[] _ngrams = new float[entryCount];
    private readonly int[] _seen = new int[entryCount];
    private int _word;

    public void Gather(IReadOnlyList<QueryTerm> terms, TextIndex index, NgramIndex ngrams, ReadOnlySpan<NgramVector.Gram> grams)
    {
        Array.Clear(_bm25);
        Array.Clear(_coverage);
        Array.Clear(_ngrams);
        for (var i = 0; i < terms.Count; i++)
        {
            var term = terms[i];
            _word++;
            if (term.Stem >= 0) Add(index.StemEntries.Of(term.Stem), term.Weight * term.Trust);
            if (term.Concepts is null) continue;
            foreach (var concept in term.Concepts) Add(index.ConceptEntries.Of(concept), term.Weight * term.Trust * QueryTerm.SynonymTrust);
        }

        ngrams.Score(grams, _ngrams);
    }

    /// <summary>Chooses entries to look into by a plain sum, which is good enough for that; the trained model ranks those.</summary>
    public void Choose(Ranking best, float mass, ReadOnlySpan<float> topics)
    {
        var perMass = 1 / mass;
        for (var entry = 0; entry < _ngrams.Length; entry++)
        {
            var score = _ngrams[entry] + ((_bm25[entry] + _coverage[entry]) * perMass) + (TopicWeight * topics[entry]);
            if (score > Least) best.Add(new Ranked(entry, score));
        }
    }

    public void Fill(int entry, float mass, Span<float> signals)
    {
        signals[(int)Signal.AnyCoverage] = _coverage[entry] / mass;
        signals[(int)Signal.EntryBm25] = _bm25[entry] / mass;
        signals[(int)Signal.EntryNgrams] = _ngrams[entry];
    }

    private void Add(PostingList postings, float weight)
    {
        var entries = postings.Texts;
        var weights = postings.Weights;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            if (_seen[entry] == _word) continue;
            _seen[entry] = _word;
            _bm25[entry] += weight * weights[i];
            _coverage[entry] += weight;
        }
    }
}

using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>A question as it was understood, with what the model needs to know of it as a whole.</summary>
/// <param name="UnknownShare">Share of the query's weight in words the FAQ does not know, 0 to 1.</param>
/// <param name="ForeignShare">The part of it in words on topics of their own.</param>
/// <param name="StrongWords">How many words are not stop words.</param>
internal sealed record FaqQuery(List<QueryWord> Words, float UnknownShare, float ForeignShare, int StrongWords)
{
    /// <summary>How far a synonym is believed to mean the same as the word itself.</summary>
    private const float SynonymTrust = 0.8f;

    /// <summary>Collects the evidence for every entry that shares anything with the query.</summary>
    public static FaqQuery Gather(List<QueryWord> words, TextIndex index, FaqNgrams ngrams, Lexicon lexicon, Evidence evidence)
    {
        var stems = words.ConvertAll(word => word.Word);
        var concepts = lexicon.Synonyms.Find(stems);
        float squares = 0, mass = 0, unknown = 0, foreign = 0;
        var strong = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var (weight, isKnown) = Add(words[i], concepts[i], index, lexicon, evidence);
            squares += weight * weight;
            mass += weight;
            if (!isKnown) unknown += weight;
            if (!isKnown && lexicon.IsOther(words[i].Word.Stem)) foreign += weight;
            if (!words[i].Word.IsWeak) strong++;
        }

        var grams = NgramVector.Of(FaqTexts.Strong(stems));
        ngrams.Texts.Score(grams, evidence.Ngrams, evidence.NgramTexts);
        ngrams.Entries.Score(grams, evidence.EntryNgrams, evidence.NgramEntries);
        evidence.Finish(MathF.Sqrt(squares), mass);
        return new FaqQuery(words, unknown / mass, foreign / mass, strong);
    }

    private static (float Weight, bool IsKnown) Add(QueryWord word, List<int>? concepts, TextIndex index, Lexicon lexicon, Evidence evidence)
    {
        var weight = Weight(word.Word, concepts, index, lexicon);
        evidence.NextWord();
        var isKnown = index.Stems.TryGetValue(word.Word.Stem, out var postings);
        if (isKnown)
        {
            evidence.Add(postings!, weight, word.Trust);
            evidence.AddToEntries(index.EntryStems[word.Word.Stem], weight * word.Trust);
        }

        foreach (var concept in concepts ?? [])
        {
            isKnown |= index.Concepts[concept].Texts.Length > 0;
            evidence.Add(index.Concepts[concept], weight, word.Trust * SynonymTrust);
            evidence.AddToEntries(index.EntryConcepts[concept], weight * word.Trust * SynonymTrust);
        }

        return (weight, isKnown || word.Word.IsWeak);
    }

    private static float Weight(Word word, List<int>? concepts, TextIndex index, Lexicon lexicon)
    {
        if (!index.Idf.TryGetValue(word.Stem, out var idf)) idf = ConceptIdf(concepts, index) ?? Unknown(word, index, lexicon);
        return Math.Max(idf, 0.01f) * (word.IsWeak ? TermWeights.Weak : 1);
    }

    private static float Unknown(Word word, TextIndex index, Lexicon lexicon) =>
        index.UnknownIdf * (lexicon.IsGeneric(word.Stem) ? TermWeights.Generic : 1);

    private static float? ConceptIdf(List<int>? concepts, TextIndex index)
    {
        float? idf = null;
        foreach (var concept in concepts ?? [])
            if (index.Concepts[concept].Texts.Length > 0 && !(index.ConceptIdf[concept] > idf)) idf = index.ConceptIdf[concept];
        return idf;
    }
}

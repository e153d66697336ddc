using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>A question as it was understood, with what the model needs to know of it as a whole.</summary>
/// <param name="UnknownShare">Share of the query's weight in words the FAQ does not know, 0 to 1.</param>
/// <param name="StrangeShare">The part of it in words that no message the topics were learnt from has, either.</param>
/// <param name="ForeignShare">The part of it in words on topics of their own.</param>
/// <param name="StrongWords">How many words are not stop words.</param>
/// <param name="Topic">What the question is about.</param>
internal sealed record FaqQuery(List<QueryWord> Words, float UnknownShare, float StrangeShare, float ForeignShare, int StrongWords, TopicReading Topic)
{
    /// <summary>Collects the evidence for the entries that share most with the query.</summary>
    public static FaqQuery Gather(List<QueryWord> words, TextIndex index, FaqNgrams ngrams, Lexicon lexicon, Evidence evidence)
    {
        var stems = words.ConvertAll(word => word.Word);
        var concepts = lexicon.Synonyms.Find(stems);
        var terms = new List<QueryTerm>(words.Count);
        float squares = 0, mass = 0, unknown = 0, strange = 0, foreign = 0;
        var strong = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i].Word;
            var term = Term(words[i], concepts[i], index, lexicon);
            terms.Add(term);
            squares += term.Weight * term.Weight;
            mass += term.Weight;
            if (!word.IsWeak) strong++;
            if (word.IsWeak || IsKnown(term, index)) continue;
            unknown += term.Weight;
            if (!evidence.Topics.Model.Knows(word.Text)) strange += term.Weight;
            if (lexicon.IsOther(word.Stem)) foreign += term.Weight;
        }

        var grams = evidence.Grams.Read(FaqTexts.Strong(stems));
        var topic = evidence.Topics.Read(stems);
        evidence.Choose(terms, mass, ngrams.Entries, grams);
        evidence.Look(terms, MathF.Sqrt(squares), mass, grams);
        return new FaqQuery(words, unknown / mass, strange / mass, foreign / mass, strong, topic);
    }

    private static QueryTerm Term(QueryWord word, List<int>? concepts, TextIndex index, Lexicon lexicon)
    {
        var stem = index.Stems.GetValueOrDefault(word.Word.Stem, -1);
        var idf = stem >= 0 ? index.StemIdf[stem] : ConceptIdf(concepts, index) ?? Unknown(word.Word, index, lexicon);
        return new QueryTerm(stem, concepts, Math.Max(idf, 0.01f) * (word.Word.IsWeak ? TermWeights.Weak : 1), word.Trust);
    }

    private static bool IsKnown(QueryTerm term, TextIndex index)
    {
        if (term.Stem >= 0) return true;
        foreach (var concept in term.Concepts ?? [])
            if (index.ConceptTexts.Count(concept) > 0) return true;
        return false;
    }

    private static float Unknown(Word word, TextIndex index, Lexicon lexicon) =>
        index.UnknownIdf * (lexicon.IsGeneric(word.Stem) ? TermWeights.Generic : 1);

    private static float? ConceptIdf(List<int>? concepts, TextIndex index)
    {
        float? idf = null;
        foreach (var concept in concepts ?? [])
            if (index.ConceptTexts.Count(concept) > 0 && !(index.ConceptIdf[concept] > idf)) idf = index.ConceptIdf[concept];
        return idf;
    }
}

using OptFm.Search.Index;

namespace OptFm.Search.Text;

/// <summary>
/// Reads what a customer typed against what the index knows. THE order of repairs, tried only on words it does not know:
/// keyboard layout, transliteration, one or two typos. What none of them explains stays as an unknown word.
/// </summary>
public sealed class QueryReader(Vocabulary vocabulary)
{
    /// <summary>Unknown words that repairs are tried on, of one message: what more it has is not Russian, or not a question.</summary>
    private const int MaxUnknown = 24;
    private const int ShortestStem = 6;
    private const float SoundTrust = 1f;
    private const float TypoTrust = 0.95f;
    private const float TwoTyposTrust = 0.8f;
    private readonly LayoutRepair _layout = new(word => IsKnown(vocabulary, word));

    public List<QueryWord> Read(string query)
    {
        var words = new List<QueryWord>();
        var sentence = 0;
        var unknown = 0;
        foreach (var (typed, read, isTurned) in _layout.Apply(Normalisation.Apply(query)))
        {
            foreach (var known in read)
            {
                if (words.Count == Tokens.MaxCount) return words;
                var word = Understand(known, isTurned ? typed : null, unknown < MaxUnknown);
                if (word.Repair == Repair.Unknown) unknown++;
                words.Add(word with { Sentence = sentence });
            }

            var last = isTurned && typed[^1] != '?' ? ' ' : typed[^1];
            if (words.Count > 0 && last == '?') MarkQuestion(words);
            if (words.Count > 0 && (last is '.' or '!' or '?' or ';')) sentence = words[^1].Sentence + 1;
        }

        return words;
    }

    private static void MarkQuestion(List<QueryWord> words)
    {
        var sentence = words[^1].Sentence;
        for (var i = words.Count - 1; i >= 0 && words[i].Sentence == sentence; i--) words[i] = words[i] with { IsAsked = true };
    }

    private QueryWord Understand(Word word, string? typedInOtherLayout, bool mayRepair)
    {
        if (typedInOtherLayout is not null && IsKnown(vocabulary, word)) return new QueryWord(typedInOtherLayout, word, Repair.Layout, 1);
        if (IsKnown(vocabulary, word) || char.IsDigit(word.Text[0])) return new QueryWord(word.Text, word, Repair.None, 1);
        var repaired = mayRepair ? Transliterate(word) ?? FixTypo(word) : null;
        return repaired ?? new QueryWord(word.Text, word, Repair.Unknown, 1);
    }

    private QueryWord? Transliterate(Word word)
    {
        if (!Scripts.AnyLatin(word.Text))
            return word.Text.Length >= 3 && vocabulary.SoundsLike(word.Text) is { } spoken ? Sounding(word, spoken) : null;
        var cyrillic = TextAnalyzer.ReadWord(Transliteration.ToCyrillic(word.Text));
        if (IsKnown(vocabulary, cyrillic)) return new QueryWord(word.Text, cyrillic, Repair.Transliteration, 1);
        if ((vocabulary.SoundsLike(cyrillic.Text) ?? vocabulary.SoundsLike(cyrillic.Stem)) is { } found) return Sounding(word, found);
        return FixTypo(cyrillic) is { } repaired ? repaired with { Typed = word.Text, Repair = Repair.Transliteration } : null;
    }

    private QueryWord? FixTypo(Word word)
    {
        if ((vocabulary.Near(word.Text) ?? (word.Stem.Length >= ShortestStem ? vocabulary.Near(word.Stem) : null)) is not var (found, distance)) return null;
        return new QueryWord(word.Text, found, Repair.Typo, distance == 1 ? TypoTrust : TwoTyposTrust);
    }

    private static QueryWord Sounding(Word typed, Word known) => new(typed.Text, known, Repair.Transliteration, SoundTrust);

    private static bool IsKnown(Vocabulary vocabulary, Word word) => word.IsWeak || vocabulary.Knows(word.Stem);
}

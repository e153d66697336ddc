using System.Collections.Frozen;
using OptFm.Search.Index;

namespace OptFm.Search.Text;

/// <summary>
/// Reads what a customer typed against what the index knows. THE order of steps:
/// <list type="number">
/// <item><see cref="Normalisation"/> of the message;</item>
/// <item><see cref="LayoutRepair"/> of its pieces between spaces (<see cref="KeyboardLayout"/>);</item>
/// <item><see cref="TextAnalyzer"/>, as for what is indexed: <see cref="Tokens"/>, <see cref="LookAlikes"/>, stems;</item>
/// <item>words torn apart are joined (<see cref="WordBreaks"/>);</item>
/// <item>each word that is still not known takes the first of <see cref="_repairs"/> that makes it known: <see cref="Transliteration"/>,
/// <see cref="Elongation"/>, glued words (<see cref="WordBreaks"/>), one or two typos (<see cref="FuzzyTerms"/>, <see cref="Slips"/>), typos in the other layout;</item>
/// <item>in a transliterated message, what is left becomes Cyrillic.</item>
/// </list>
/// What none of them explains stays as an unknown word. Never throws; work is bounded by 160 words, of which 24 are guessed.
/// </summary>
public sealed class QueryReader
{
    /// <summary>Words of one message that are unknown or guessed, typos and lost spaces; after so many it is not Russian, or not a question.</summary>
    private const int MaxGuesses = 24;
    private const int ShortestStem = 6;
    private const int ShortestTurnedStem = 3;
    private const int ShortestSound = 3;
    private const float SoundTrust = 1f;
    private const float SpacingTrust = 0.95f;
    private const float TypoTrust = 0.95f;
    private const float TwoTyposTrust = 0.8f;
    private readonly Vocabulary _vocabulary;
    private readonly LayoutRepair _layout;
    private readonly WordBreaks _breaks;
    private readonly Func<Word, QueryWord[]?>[] _repairs;

    private readonly IReadOnlySet<Repair> _without;

    /// <param name="without">Repairs not to make, to learn what they are worth.</param>
    public QueryReader(Vocabulary vocabulary, IReadOnlySet<Repair>? without = null)
    {
        _vocabulary = vocabulary;
        _without = without ?? FrozenSet<Repair>.Empty;
        _layout = new LayoutRepair(_without.Contains(Repair.Layout) ? static _ => true : IsKnownTurned);
        _breaks = new WordBreaks(vocabulary);
        _repairs = [Transliterate, Shorten, Split, FixTypo, TurnAndFix];
    }

    public List<QueryWord> Read(string query)
    {
        var typed = TypedWord.Of(_layout.Apply(Normalisation.Apply(query)));
        var words = new List<QueryWord>(typed.Count);
        var guesses = 0;
        for (var i = 0; i < typed.Count && words.Count < Tokens.MaxCount; i++)
        {
            if (i + 1 < typed.Count && guesses < MaxGuesses && Join(typed[i], typed[i + 1]) is { } joined)
            {
                words.Add(typed[++i].Placed(joined));
                continue;
            }

            foreach (var word in Understand(typed[i], guesses < MaxGuesses))
                if (words.Count < Tokens.MaxCount) words.Add(typed[i].Placed(word));
            if (words[^1].Repair is Repair.Unknown or Repair.Typo or Repair.Spacing) guesses++;
        }

        TransliterateTheRest(words);
        return words;
    }

    /// <summary>In a message of transliterated words, one that is not known is Russian too.</summary>
    private static void TransliterateTheRest(List<QueryWord> words)
    {
        var (latin, cyrillic) = (0, 0);
        foreach (var word in words)
        {
            if (Scripts.AnyCyrillic(word.Typed)) cyrillic++;
            else if (word.Repair == Repair.Transliteration) latin++;
        }

        if (latin < 2 || latin <= cyrillic) return;
        for (var i = 0; i < words.Count; i++)
            if (words[i].Repair == Repair.Unknown && Scripts.AnyLatin(words[i].Typed)) words[i] = words[i] with { Word = Cyrillic(words[i].Word) };
    }

    private QueryWord? Join(TypedWord first, TypedWord second)
    {
        if (_without.Contains(Repair.Spacing) || first.Sentence != second.Sentence || first.IsCode || second.IsCode || _breaks.Join(first.Word, second.Word) is not { } joined) return null;
        return new($"{first.Word.Text} {second.Word.Text}", joined, Repair.Spacing, SpacingTrust);
    }

    private QueryWord[] Understand(TypedWord typed, bool mayRepair)
    {
        var word = typed.Word;
        if (typed.Turned is { } other && IsKnown(word)) return [new(other, word, Repair.Layout, 1)];
        if (IsKnown(word) || char.IsDigit(word.Text[0])) return [new(word.Text, word, Repair.None, 1)];
        if (mayRepair)
        {
            foreach (var repair in _repairs)
            {
                if (repair(word) is not { } repaired || _without.Contains(repaired[0].Repair)) continue;
                return typed.IsCode && repaired[0].Trust < SoundTrust ? Unknown(word) : repaired;
            }
        }

        return Unknown(word);
    }

    private QueryWord[]? Transliterate(Word word)
    {
        if (!Scripts.AnyLatin(word.Text))
            return word.Text.Length >= ShortestSound && _vocabulary.SoundsLike(word.Text) is { } spoken ? Sounding(word, spoken) : null;
        var cyrillic = Cyrillic(word);
        if (cyrillic.IsWeak || _vocabulary.Has(cyrillic.Text)) return Sounding(word, cyrillic);
        if (_vocabulary.SoundsLike(cyrillic.Text) is { } same) return Sounding(word, same);
        if (IsKnownTurned(cyrillic)) return Sounding(word, cyrillic);
        if (_vocabulary.SoundsLike(cyrillic.Stem) is { } form) return Sounding(word, form);
        return FixTypo(cyrillic) is [var repaired] ? [repaired with { Typed = word.Text, Repair = Repair.Transliteration }] : null;
    }

    private QueryWord[]? Shorten(Word word)
    {
        if (!Elongation.IsIn(word.Text)) return null;
        for (var left = 1; left <= 2; left++)
        {
            var read = TextAnalyzer.ReadWord(Elongation.Shorten(word.Text, left));
            if (read.Text.Length > 1 && IsKnown(read)) return [new(word.Text, read, Repair.Typo, 1)];
        }

        return null;
    }

    private QueryWord[]? Split(Word word) =>
        _breaks.Split(word.Text) is { } words ? [.. words.Select(piece => new QueryWord(word.Text, piece, Repair.Spacing, SpacingTrust))] : null;

    private QueryWord[]? FixTypo(Word word)
    {
        if ((_vocabulary.Near(word.Text) ?? NearStem(word)) is not var (found, distance)) return null;
        return [new(word.Text, found, Repair.Typo, distance == 1 ? TypoTrust : TwoTyposTrust)];
    }

    /// <summary>An inflected form the vocabulary lacks, misspelt. Other endings make stems alike by chance, so only a likely slip counts.</summary>
    private (Word Word, int Distance)? NearStem(Word word)
    {
        if (word.Stem.Length < ShortestStem || _vocabulary.Near(word.Stem) is not var (found, distance)) return null;
        return Slips.IsLikely(word.Stem, found.Stem) ? (found, distance) : null;
    }

    private QueryWord[]? TurnAndFix(Word word)
    {
        if (!Scripts.AnyLatin(word.Text) || FixTypo(TextAnalyzer.ReadWord(KeyboardLayout.ToCyrillic(word.Text))) is not [var repaired]) return null;
        return [repaired with { Typed = word.Text, Repair = Repair.Layout }];
    }

    private static QueryWord[] Sounding(Word typed, Word known) => [new(typed.Text, known, Repair.Transliteration, SoundTrust)];

    private static QueryWord[] Unknown(Word word) => [new(word.Text, word, Repair.Unknown, 1)];

    private static Word Cyrillic(Word word) => TextAnalyzer.ReadWord(Transliteration.ToCyrillic(word.Text));

    /// <summary>Of what was not typed so: two letters that are left of a word, and known by chance, prove nothing ("уые" of "est").</summary>
    private bool IsKnownTurned(Word word) =>
        word.IsWeak || _vocabulary.Has(word.Text) || (word.Stem.Length >= ShortestTurnedStem && _vocabulary.Knows(word.Stem));

    private bool IsKnown(Word word) => word.IsWeak || _vocabulary.Knows(word.Stem);
}

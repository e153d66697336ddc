using OptFm.Search.Index;

namespace OptFm.Search.Text;

/// <summary>
/// Spaces left out ("скольковремени") or put in ("само вывоз"). A break is moved only where the vocabulary knows what comes of it and not
/// what was typed. Splits into the known words with the largest sum of squared lengths, which prefers few and long ones;
/// found by dynamic programming over the places to cut, as in Viterbi's algorithm, 1967.
/// </summary>
public sealed class WordBreaks(Vocabulary vocabulary)
{
    private const int ShortestGlued = 6;
    private const int ShortestTorn = 5;

    /// <summary>A shorter piece must be a stop word as it stands: chance finds those of two and three letters everywhere.</summary>
    private const int ShortestPiece = 4;

    /// <summary>Prefixes of verbs are prepositions too, so that "проходит" looks like "про ходит": a word is never split after one it begins with.</summary>
    private static readonly string[] Prefixes = ["вы", "до", "за", "из", "на", "не", "об", "от", "по", "под", "при", "про", "раз", "со"];

    /// <param name="word">Letters only, and not known.</param>
    /// <returns>Two words or more, or null.</returns>
    public List<Word>? Split(string word)
    {
        if (word.Length < ShortestGlued) return null;
        Span<int> best = stackalloc int[word.Length + 1];
        var before = new Word?[word.Length + 1];
        best.Fill(-1);
        best[0] = 0;
        for (var start = 0; start < word.Length; start++)
        {
            if (best[start] < 0) continue;
            for (var end = start + 1; end <= word.Length; end++) Extend(word, start, end, best, before);
        }

        return best[word.Length] < 0 ? null : Path(before);
    }

    /// <returns>The word that two, of which one is not known, make without the space between them, or null.</returns>
    public Word? Join(Word first, Word second)
    {
        if (!IsLetters(first) || !IsLetters(second) || (IsKnown(first) && IsKnown(second))) return null;
        if (first.Text.Length + second.Text.Length is < ShortestTorn or > Tokens.MaxLength) return null;
        var joined = TextAnalyzer.ReadWord(first.Text + second.Text);
        return vocabulary.Knows(joined.Stem) ? joined : null;
    }

    private bool IsKnown(Word word) => word.IsWeak || vocabulary.Knows(word.Stem);

    private static bool IsLetters(Word word) => char.IsLetter(word.Text[0]);

    private void Extend(string word, int start, int end, Span<int> best, Word?[] before)
    {
        var length = end - start;
        var score = best[start] + (length * length);
        if (length < 2 || length == word.Length || score <= best[end]) return;
        var piece = TextAnalyzer.ReadWord(word[start..end]);
        if (!IsPiece(piece) || (start == 0 && Prefixes.Contains(piece.Text))) return;
        best[end] = score;
        before[end] = piece;
    }

    /// <summary>A known ending on two or three letters that happen to be a stem makes no word.</summary>
    private bool IsPiece(Word piece)
    {
        if (piece.IsWeak) return true;
        if (piece.Text.Length < ShortestPiece) return false;
        return vocabulary.Has(piece.Text) || (piece.Stem.Length >= ShortestPiece && vocabulary.Knows(piece.Stem));
    }

    private static List<Word> Path(Word?[] before)
    {
        var words = new List<Word>();
        for (var end = before.Length - 1; end > 0; end -= words[^1].Text.Length) words.Add(before[end]!);
        words.Reverse();
        return words;
    }
}

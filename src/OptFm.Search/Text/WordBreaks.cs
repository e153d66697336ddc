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

    /// <summary>A shorter piece must be a stop word as it stands, and of these only question words may come first; none comes last:
    /// "про", "нас", "ли" and "кого" are how words begin and end.</summary>
    private const int ShortestPiece = 4;
    private const int ShortestStem = 5;
    private static readonly string[] First = ["где", "как", "что", "кто", "чем"];

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
        var isMoreThanAnEnding = joined.Stem.Length >= first.Text.Length + 2;
        return vocabulary.Has(joined.Text) || (isMoreThanAnEnding && vocabulary.Knows(joined.Stem)) ? joined : null;
    }

    private bool IsKnown(Word word) => word.IsWeak || vocabulary.Knows(word.Stem);

    private static bool IsLetters(Word word) => char.IsLetter(word.Text[0]);

    private void Extend(string word, int start, int end, Span<int> best, Word?[] before)
    {
        var length = end - start;
        var score = best[start] + (length * length);
        if (length < 2 || length == word.Length || score <= best[end]) return;
        var piece = TextAnalyzer.ReadWord(word[start..end]);
        if (!IsPiece(piece, start == 0) || (piece.IsWeak && end == word.Length)) return;
        best[end] = score;
        before[end] = piece;
    }

    private bool IsPiece(Word piece, bool isFirst)
    {
        if (piece.Text.Length < ShortestPiece) return piece.IsWeak && (!isFirst || First.Contains(piece.Text));
        return piece.IsWeak || vocabulary.Has(piece.Text) || (piece.Stem.Length >= ShortestStem && vocabulary.Knows(piece.Stem));
    }

    private static List<Word> Path(Word?[] before)
    {
        var words = new List<Word>();
        for (var end = before.Length - 1; end > 0; end -= words[^1].Text.Length) words.Add(before[end]!);
        words.Reverse();
        return words;
    }
}

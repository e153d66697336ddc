namespace OptFm.Search.Text;

/// <summary>A piece of a message between spaces.</summary>
/// <param name="Typed">As typed, normalised.</param>
/// <param name="Words">As read; of another layout where <paramref name="Turned"/>.</param>
public sealed record TypedPiece(string Typed, List<Word> Words, bool Turned);

/// <summary>
/// Turns words typed in the other keyboard layout back, where that makes them known. When most of a message turns, the rest of it
/// turns too. Works on space-separated pieces, since some letters are punctuation in the other layout ("j,vty" is "обмен").
/// </summary>
public sealed class LayoutRepair(Func<Word, bool> isKnown)
{
    private static readonly char[] Punctuation = ['.', ',', '?', '!', ':', ';', '"'];

    public List<TypedPiece> Apply(string normalised)
    {
        var pieces = normalised.Split(' ', Tokens.MaxCount, StringSplitOptions.RemoveEmptyEntries);
        var result = new List<TypedPiece>(pieces.Length);
        var turned = 0;
        var standing = 0;
        foreach (var piece in pieces)
        {
            var words = TextAnalyzer.ReadNormalised(piece);
            var stands = AllKnown(words);
            var turnedWords = stands && !BeginsWithKey(piece) ? null : Turn(piece);
            stands &= turnedWords is null;
            if (turnedWords is not null) turned++;
            else if (stands && Scripts.AnyCyrillic(piece)) standing++;
            result.Add(new(piece, turnedWords ?? words, turnedWords is not null));
        }

        if (turned > 1 && turned > standing) TurnTheRest(result);
        return result;
    }

    private List<Word>? Turn(string piece)
    {
        if (Scripts.AnyDigit(piece)) return null;
        if (!Scripts.AnyLatin(piece)) return Turned(KeyboardLayout.ToLatin(piece), 3);
        var trimmed = piece.TrimEnd(Punctuation);
        return Turned(KeyboardLayout.ToCyrillic(piece), 2) ?? (trimmed.Length < piece.Length ? Turned(KeyboardLayout.ToCyrillic(trimmed), 2) : null);
    }

    /// <summary>"[f," may be "хаб" though an F is known too.</summary>
    private static bool BeginsWithKey(string piece) => piece.Length > 2 && piece[0] is '[' or ']' or ';' or '\'' or '`' && Scripts.AnyLatin(piece);

    private List<Word>? Turned(string piece, int shortest)
    {
        if (piece.Length < shortest) return null;
        var words = TextAnalyzer.ReadNormalised(piece);
        return AllKnown(words) ? words : null;
    }

    private void TurnTheRest(List<TypedPiece> pieces)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Turned || !Scripts.AnyLatin(pieces[i].Typed) || AllKnown(pieces[i].Words)) continue;
            if (isKnown(new Word(pieces[i].Typed, pieces[i].Typed, false))) continue; // A model such as cr2430, whose letters alone are no word.
            pieces[i] = pieces[i] with { Words = TextAnalyzer.ReadNormalised(KeyboardLayout.ToCyrillic(pieces[i].Typed)), Turned = true };
        }
    }

    private bool AllKnown(List<Word> words)
    {
        foreach (var word in words)
            if (!isKnown(word)) return false;
        return words.Count > 0;
    }
}

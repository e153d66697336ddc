namespace OptFm.Search.Text;

/// <summary>
/// Turns words typed in the other keyboard layout back, where that makes them known. When most of a message turns, the rest of it
/// turns too. Works on space-separated pieces, since some letters are punctuation in the other layout ("j,vty" is "обмен").
/// </summary>
public sealed class LayoutRepair(Func<Word, bool> isKnown)
{
    /// <returns>Each piece as typed and as read: the same reference when nothing changed.</returns>
    public List<(string Typed, string Read)> Apply(string normalised)
    {
        var pieces = normalised.Split(' ', Tokens.MaxCount, StringSplitOptions.RemoveEmptyEntries);
        var result = new List<(string, string)>(pieces.Length);
        var turned = 0;
        var standing = 0;
        foreach (var piece in pieces)
        {
            var read = IsKnown(piece) ? piece : Turn(piece);
            if (!ReferenceEquals(read, piece)) turned++;
            else if (Scripts.AnyCyrillic(piece) && IsKnown(piece)) standing++;
            result.Add((piece, read));
        }

        if (turned > 1 && turned > standing) TurnTheRest(result);
        return result;
    }

    private string Turn(string piece)
    {
        if (Scripts.AnyDigit(piece)) return piece;
        if (Scripts.AnyLatin(piece))
        {
            foreach (var typed in (ReadOnlySpan<string>)[piece, piece.TrimEnd('.', ',', '?', '!', ':', ';', '"')])
            {
                var cyrillic = KeyboardLayout.ToCyrillic(typed);
                if (cyrillic.Length > 1 && IsKnown(cyrillic)) return cyrillic;
            }

            return piece;
        }

        var latin = KeyboardLayout.ToLatin(piece);
        return latin.Length > 2 && IsKnown(latin) ? latin : piece;
    }

    private void TurnTheRest(List<(string Typed, string Read)> pieces)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            var (typed, read) = pieces[i];
            if (ReferenceEquals(typed, read) && Scripts.AnyLatin(typed) && !IsKnown(typed)) pieces[i] = (typed, KeyboardLayout.ToCyrillic(typed));
        }
    }

    private bool IsKnown(string piece)
    {
        var tokens = Tokens.Split(piece);
        if (tokens.Count == 0) return false;
        foreach (var token in tokens)
            if (!isKnown(TextAnalyzer.ReadWord(token))) return false;
        return true;
    }
}

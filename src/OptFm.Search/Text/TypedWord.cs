namespace OptFm.Search.Text;

/// <summary>A word of a message before it is understood, and where it stands.</summary>
/// <param name="Turned">The piece as typed, where it was typed in the other keyboard layout.</param>
/// <param name="IsCode">Whether its piece has letters next to digits, as models and codes do.</param>
internal sealed record TypedWord(Word Word, string? Turned, bool IsCode, int Sentence)
{
    /// <summary>Whether its sentence ends with a question mark.</summary>
    public bool IsAsked { get; private init; }

    /// <returns>At most <see cref="Tokens.MaxCount"/> words.</returns>
    public static List<TypedWord> Of(List<TypedPiece> pieces)
    {
        var words = new List<TypedWord>();
        var sentence = 0;
        foreach (var (typed, read, isTurned) in pieces)
        {
            var isCode = Scripts.AnyDigit(typed) && IsMixed(typed);
            foreach (var word in read)
            {
                if (words.Count == Tokens.MaxCount) return words;
                words.Add(new TypedWord(word, isTurned ? typed : null, isCode, sentence));
            }

            var last = isTurned && typed[^1] != '?' ? ' ' : typed[^1];
            if (words.Count == 0) continue;
            if (last == '?') MarkQuestion(words);
            if (last is '.' or '!' or '?' or ';') sentence = words[^1].Sentence + 1;
        }

        return words;
    }

    public QueryWord Placed(QueryWord word) => word with { Sentence = Sentence, IsAsked = IsAsked };

    private static bool IsMixed(string piece)
    {
        for (var i = 1; i < piece.Length; i++)
            if ((char.IsDigit(piece[i]) && char.IsLetter(piece[i - 1])) || (char.IsLetter(piece[i]) && char.IsDigit(piece[i - 1]))) return true;
        return false;
    }

    private static void MarkQuestion(List<TypedWord> words)
    {
        var sentence = words[^1].Sentence;
        for (var i = words.Count - 1; i >= 0 && words[i].Sentence == sentence; i--) words[i] = words[i] with { IsAsked = true };
    }
}

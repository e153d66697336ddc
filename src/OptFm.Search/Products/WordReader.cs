using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Reads the words of a query: as the list has them, by sound or transliteration, as an abbreviation, with typos (<see cref="ProductVocabulary"/>).
/// What says nothing about goods gets no trust.
/// </summary>
internal sealed class WordReader(ProductVocabulary vocabulary, Lexicon lexicon)
{
    /// <returns>For each token, null where it is no word.</returns>
    public List<ReadWord?> Read(List<Token> tokens)
    {
        var read = tokens.ConvertAll(ReadToken);
        if (tokens.Count > 0 && tokens[0] is { Kind: TokenKind.Word, Text.Length: 1 }) read[0] = Nothing(""); // The з of "з/стекло".
        if (IsTransliterated(tokens, read)) DropPrepositions(tokens, read);
        return read;
    }

    private static ReadWord Nothing(string text) => new(text, Repair.None, 0);

    private ReadWord? ReadToken(Token token)
    {
        if (token.Kind is not (TokenKind.Word or TokenKind.Latin)) return null;
        var word = TextAnalyzer.ReadWord(token.Text);
        if (word.IsWeak || Fillers.Contains(word.Stem)) return Nothing(word.Stem);
        var found = vocabulary.Read(word);
        if (found.Repair != Repair.None && IsFiller(found.Text)) return found with { Trust = 0 };
        var isPlain = found.Repair != Repair.None && (lexicon.IsGeneric(word.Stem) || lexicon.IsOther(word.Stem));
        return isPlain ? new(word.Stem, Repair.Unknown, 1) : found;
    }

    private static bool IsFiller(string stem) => Text.Russian.StopWords.Contains(stem) || Fillers.Contains(stem);

    private static bool IsTransliterated(List<Token> tokens, List<ReadWord?> read)
    {
        for (var i = 0; i < tokens.Count; i++)
            if (tokens[i].Kind == TokenKind.Latin && read[i] is { Repair: Repair.Transliteration } word && Scripts.AnyCyrillic(word.Text)) return true;
        return false;
    }

    /// <summary>The s of "chehol s karabinom".</summary>
    private static void DropPrepositions(List<Token> tokens, List<ReadWord?> read)
    {
        for (var i = 1; i < tokens.Count - 1; i++)
            if (tokens[i].Kind == TokenKind.Latin && Text.Russian.StopWords.Contains(Transliteration.ToCyrillic(tokens[i].Text))) read[i] = Nothing("");
    }
}

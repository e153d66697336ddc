using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Reads the words of a query: as the list has them, by sound or transliteration, as an abbreviation, with typos (<see cref="ProductVocabulary"/>).
/// What says nothing about goods gets no trust.
/// </summary>
internal sealed class WordReader(ProductVocabulary vocabulary, Lexicon lexicon, Marks marks)
{
    private const float MarkTrust = 0.85f;

    /// <returns>For each token, null where it is no word.</returns>
    public List<ReadWord?> Read(List<Token> tokens)
    {
        var read = tokens.ConvertAll(ReadToken);
        if (tokens.Count > 0 && tokens[0] is { Kind: TokenKind.Word, Text.Length: 1 }) read[0] = Nothing(""); // The з of "з/стекло".
        for (var i = 1; i < tokens.Count; i++)
            if (read[i] is { Repair: not Repair.None } && IsModel(tokens[i - 1], read[i - 1], marks) && marks.Near(tokens[i].Text) is { } mark)
                read[i] = new(TextAnalyzer.ReadWord(mark).Stem, Repair.Typo, MarkTrust);
        if (IsTransliterated(tokens, read)) DropPrepositions(tokens, read);
        return read;
    }

    /// <summary>Whether a token is a word for a thing of the list.</summary>
    public bool IsThing(Token token, ProductIndex index) => ReadToken(token) is { Trust: > 0 } word && index.Find(word.Text) is { } term && index.IsThing[term];

    private static bool IsModel(Token token, ReadWord? word, Marks marks) =>
        token.Kind is TokenKind.Number or TokenKind.Model || (word is { } mark && marks.IsSpoken(mark.Text));

    private static ReadWord Nothing(string text) => new(text, Repair.None, 0);

    private ReadWord? ReadToken(Token token)
    {
        if (token.Kind is not (TokenKind.Word or TokenKind.Latin)) return null;
        var word = TextAnalyzer.ReadWord(token.Text);
        if (word.Text is "ок" or "окей") return Nothing(""); // Its stem is that of "ока", the film.
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
        {
            if (tokens[i].Kind != TokenKind.Latin || VariantWords.All.Contains(tokens[i].Text)) continue;
            var word = TextAnalyzer.ReadWord(Transliteration.ToCyrillic(tokens[i].Text));
            if (word.IsWeak) read[i] = Nothing(word.Stem);
        }
    }
}

using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Joins words with a space put in, "термо паста", where the list knows what comes of it and not all that was typed.</summary>
internal static class TornWords
{
    /// <summary>A shorter piece is a preposition or a model's letters.</summary>
    private const int ShortestPiece = 3;

    public static void Join(List<Atom> atoms, ProductVocabulary vocabulary)
    {
        for (var i = 0; i + 1 < atoms.Count; i++)
            if (Joined(atoms[i], atoms[i + 1], vocabulary) is { } joined)
            {
                atoms[i] = atoms[i + 1] with { Text = joined, Before = atoms[i].Before };
                atoms.RemoveAt(i + 1);
            }
    }

    private static string? Joined(Atom first, Atom second, ProductVocabulary vocabulary)
    {
        if (second.Before != ' ' || !IsPiece(first) || !IsPiece(second) || first.Text.Length + second.Text.Length > Tokens.MaxLength) return null;
        var joined = TextAnalyzer.ReadWord(first.Text + second.Text);
        if (!vocabulary.HasWord(joined)) return null;
        return vocabulary.HasWord(TextAnalyzer.ReadWord(first.Text)) && vocabulary.HasWord(TextAnalyzer.ReadWord(second.Text)) ? null : joined.Text;
    }

    private static bool IsPiece(Atom atom) => atom.Text.Length >= ShortestPiece && Scripts.IsCyrillic(atom.Text[0]);
}

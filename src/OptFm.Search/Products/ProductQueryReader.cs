using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Reads what a customer typed against what the list knows. THE order: normalise, keyboard layout, code, price limits, quantities,
/// tokens, then the wishes (<see cref="WishReader"/>).
/// </summary>
internal sealed class ProductQueryReader
{
    /// <summary>Pieces read of a message; an order by hand is shorter.</summary>
    private const int MaxPieces = 64;

    private readonly ProductIndex _index;
    private readonly TokenReader _tokens;
    private readonly LayoutRepair _layout;
    private readonly WishReader _wishes;

    public ProductQueryReader(ProductIndex index, Lexicon lexicon, CommonNames names)
    {
        _index = index;
        _tokens = new TokenReader(index.Vocabulary.Has);
        _wishes = new WishReader(index, lexicon, names, new Marks(index.Synonyms));
        _layout = new LayoutRepair(word => char.IsAsciiDigit(word.Text[0]) || index.Vocabulary.Knows(word) || Fillers.Contains(word.Stem) || lexicon.IsGeneric(word.Stem));
    }

    public ProductQuery Read(string query)
    {
        var pieces = _layout.Apply(Beginning(Normalisation.Apply(query)));
        var isTurned = pieces.Exists(piece => piece.Turned && Scripts.AnyCyrillic(piece.Typed));
        var atoms = Atom.Split(string.Join(' ', pieces.Select(piece => isTurned && TurnedModel(piece.Typed) is { } model ? model : Written(piece))));
        var code = _index.Codes.Take(atoms);
        NumberWords.Replace(atoms);
        TornWords.Join(atoms, _index.Vocabulary);
        var price = PriceLimits.Take(atoms);
        Quantities.Drop(atoms);
        var tokens = _tokens.Read(atoms);
        if (tokens.Count > ProductQuery.MaxWishes) tokens = tokens[..ProductQuery.MaxWishes];
        return _wishes.Read(tokens, [.. tokens.Select(token => atoms[token.Atom].Before is ',' or '+')]) with { Price = price, Code = code };
    }

    /// <summary>Each word is repaired on its own, so that work grows with their number.</summary>
    private static string Beginning(string text)
    {
        var left = MaxPieces;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == ' ' && --left == 0) return text[..i];
        return text;
    }

    /// <summary>"ыфьыгтп ф35": beside words of the other layout, so is a model that the list knows there.</summary>
    private string? TurnedModel(string typed) =>
        Scripts.AnyDigit(typed) && Scripts.AnyCyrillic(typed) && KeyboardLayout.ToLatin(typed) is var model && _index.Vocabulary.Has(model) ? model : null;

    private static string Written(TypedPiece piece) => piece.Turned ? string.Join(' ', piece.Words.Select(word => word.Text)) : piece.Typed;
}

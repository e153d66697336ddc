using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Reads what a customer typed against what the list knows. THE order: normalise, keyboard layout, code, price limits, quantities,
/// tokens, then the wishes (<see cref="WishReader"/>).
/// </summary>
internal sealed class ProductQueryReader
{
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
        var text = string.Join(' ', _layout.Apply(Normalisation.Apply(query)).Select(Written));
        var atoms = Atom.Split(text);
        var code = _index.Codes.Take(atoms);
        NumberWords.Replace(atoms);
        var price = PriceLimits.Take(atoms);
        Quantities.Drop(atoms);
        var tokens = _tokens.Read(atoms);
        if (tokens.Count > ProductQuery.MaxWishes) tokens = tokens[..ProductQuery.MaxWishes];
        return _wishes.Read(tokens, [.. tokens.Select(token => atoms[token.Atom].Before is ',' or '+')]) with { Price = price, Code = code };
    }

    private static string Written(TypedPiece piece) => piece.Turned ? string.Join(' ', piece.Words.Select(word => word.Text)) : piece.Typed;
}

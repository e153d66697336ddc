using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Reads what a customer typed against what the list knows. THE order: normalise, keyboard layout, code, price limits, quantities,
/// tokens; then for each word: as the list has it, by sound or transliteration, as an abbreviation, with typos; then synonyms.
/// </summary>
internal sealed class ProductQueryReader
{
    private const float NameTrust = 0.97f;
    private const float RelatedTrust = 0.8f;
    private const float ConceptTrust = 0.95f;
    private const float UnknownWeight = 5;
    private const float GenericWeight = 1;
    private const float SoftShare = 0.3f;
    private readonly ProductIndex _index;
    private readonly Lexicon _lexicon;
    private readonly CommonNames _names;
    private readonly TokenReader _tokens;
    private readonly LayoutRepair _layout;

    /// <summary>The mark that a concept stands for: "про" is a preposition, and it is Pro.</summary>
    private readonly Dictionary<int, int> _variants = [];

    /// <summary>Latin words of one or two letters: X, Xs, Xr.</summary>
    private readonly HashSet<int> _short;

    public ProductQueryReader(ProductIndex index, Lexicon lexicon, CommonNames names)
    {
        (_index, _lexicon, _names) = (index, lexicon, names);
        _short = [.. index.Terms.Where(term => term.Key.Length <= 2 && Scripts.AnyLatin(term.Key) && !Scripts.AnyDigit(term.Key)).Select(term => term.Value)];
        _tokens = new TokenReader(index.Vocabulary.Has);
        _layout = new LayoutRepair(word => char.IsAsciiDigit(word.Text[0]) || index.Vocabulary.Knows(word) || Fillers.Contains(word.Stem) || lexicon.IsGeneric(word.Stem));
        foreach (var variant in VariantWords.All)
            if (index.Find(variant) is { } term && index.Synonyms.Find([TextAnalyzer.ReadWord(variant)])[0] is [var concept, ..]) _variants.TryAdd(concept, term);
    }

    public ProductQuery Read(string query)
    {
        var text = string.Join(' ', _layout.Apply(Normalisation.Apply(query)).Select(Written));
        var atoms = Atom.Split(text);
        var code = TakeCode(atoms);
        NumberWords.Replace(atoms);
        var price = PriceLimits.Take(atoms);
        DropQuantities(atoms);
        return new ProductQuery([.. Wishes(_tokens.Read(atoms))], price, code);
    }

    private static string Written(TypedPiece piece) => piece.Turned ? string.Join(' ', piece.Words.Select(word => word.Text)) : piece.Typed;

    private (string? Prefix, string Digits)? TakeCode(List<Atom> atoms)
    {
        for (var i = 0; i < atoms.Count; i++)
        {
            if (!atoms[i].IsNumber || atoms[i].Text.Contains('.')) continue;
            if (i + 1 < atoms.Count && atoms[i + 1].IsGlued) continue;
            var before = i > 0 ? atoms[i - 1].Text : "";
            var prefix = before.Length > 0 && atoms[i].Text.Length > 4 ? _index.Codes.Prefix(before) : null;
            var named = before is "код" or "кодом" or "артикул" or "арт" or "номер" or "коду" or "артикулу" or "code";
            if (prefix is null && !named && !(ProductCodes.IsLong(atoms[i].Text) && (i == 0 || !atoms[i].IsGlued))) continue;
            if (prefix is not null && i > 1 && atoms[i - 1].IsGlued) continue;
            var code = (prefix, atoms[i].Text);
            atoms.RemoveRange(prefix is null ? i : i - 1, prefix is null ? 1 : 2);
            return code;
        }

        return null;
    }

    /// <summary>"10 шт": how many, not what.</summary>
    private static void DropQuantities(List<Atom> atoms)
    {
        for (var i = atoms.Count - 2; i >= 0; i--)
            if (atoms[i].IsNumber && atoms[i + 1].Text is "шт" or "штук" or "штуки" or "штука" or "упаковок" or "упаковки" or "коробок" or "пачек")
                atoms.RemoveRange(i, 2);
    }

    private List<Wish> Wishes(List<Token> tokens)
    {
        if (tokens.Count > ProductQuery.MaxWishes) tokens = tokens[..ProductQuery.MaxWishes];
        var read = tokens.ConvertAll(ReadToken);
        if (tokens.Count > 0 && tokens[0] is { Kind: TokenKind.Word, Text.Length: 1 }) read[0] = new("", Repair.None, 0); // The з of "з/стекло".
        var byToken = Concepts(tokens, read);
        var wishes = new List<Wish>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Wish(tokens[i], read[i], byToken[i]) is not { } wish) continue;
            wishes.Add(i > 0 && tokens[i - 1].Text == "без" ? wish with { IsUnwanted = true, Weight = 0, IsOfModel = false } : wish);
        }

        return wishes;
    }

    /// <summary>The concepts each token belongs to, alone or in a phrase, as typed and by its common name.</summary>
    private List<int>?[] Concepts(List<Token> tokens, List<ReadWord?> read)
    {
        var words = ConceptWords(tokens, read, out var owner);
        var typed = _index.Synonyms.Find(words);
        var named = _index.Synonyms.Find(words.ConvertAll(word => word with { Stem = _names.Of(word.Stem) }));
        var byToken = new List<int>?[tokens.Count];
        for (var i = 0; i < typed.Length; i++)
            if (typed[i] is not null || named[i] is not null)
                byToken[owner[i]] = [.. (byToken[owner[i]] ?? []).Concat(typed[i] ?? []).Concat(named[i] ?? []).Distinct()];
        return byToken;
    }

    private ReadWord? ReadToken(Token token)
    {
        if (token.Kind is not (TokenKind.Word or TokenKind.Latin)) return null;
        var word = TextAnalyzer.ReadWord(token.Text);
        if (word.IsWeak || Fillers.Contains(word.Stem)) return new(word.Stem, Repair.None, 0);
        var found = _index.Vocabulary.Read(word);
        if (found.Repair != Repair.None && IsFiller(found.Text)) return found with { Trust = 0 };
        var isPlain = found.Repair != Repair.None && (_lexicon.IsGeneric(word.Stem) || _lexicon.IsOther(word.Stem));
        return isPlain ? new(word.Stem, Repair.Unknown, 1) : found;
    }

    private static bool IsFiller(string stem) => Text.Russian.StopWords.Contains(stem) || Fillers.Contains(stem);

    /// <summary>Tokens as the words synonyms are looked up by: letters and digits apart.</summary>
    private static List<Word> ConceptWords(List<Token> tokens, List<ReadWord?> read, out List<int> owner)
    {
        var words = new List<Word>();
        owner = [];
        for (var i = 0; i < tokens.Count; i++)
        {
            var parts = read[i] is { } word ? [word.Text] : Tokens.Split(tokens[i].Text);
            foreach (var part in parts)
            {
                words.Add(new Word(part, part, false));
                owner.Add(i);
            }
        }

        return words;
    }

    private Wish? Wish(Token token, ReadWord? word, List<int>? concepts)
    {
        var meanings = new List<Meaning>();
        foreach (var concept in concepts ?? [])
        {
            if (_index.Find($"{NameReader.Concept}{concept}") is { } id) meanings.Add(new(id, ConceptTrust * (word is { Trust: > 0 } found ? found.Trust : 1)));
            if (_variants.TryGetValue(concept, out var variant)) meanings.Add(new(variant, ConceptTrust));
        }

        if (word is { Trust: 0 } && meanings.Count == 0) return null;
        if (word is { } read)
        {
            if (read.Trust > 0) AddWord(meanings, read);
        }
        else
        {
            foreach (var form in token.Forms)
                if (_index.Find(form.Text) is { } id) meanings.Add(new(id, form.Quality));
        }

        return Weighed(token, word, meanings, concepts);
    }

    private void AddWord(List<Meaning> meanings, ReadWord read)
    {
        if (_names.Of(read.Text) is var name && name != read.Text && _index.Find(name) is { } named) meanings.Add(new(named, read.Trust * NameTrust));
        if (_index.Find(read.Text) is { } id) meanings.Add(new(id, read.Trust));
        foreach (var related in _index.Vocabulary.Related(read.Text))
            if (_index.Find(related) is { } other) meanings.Add(new(other, read.Trust * RelatedTrust));
    }

    private Wish Weighed(Token token, ReadWord? word, List<Meaning> meanings, List<int>? concepts)
    {
        var isSoft = word is { } read && Fillers.IsSoft(read.Text);
        var kind = word is { } spoken && _index.Find(spoken.Text) is null && meanings.Count > 0 && Scripts.AnyLatin(_names.Of(spoken.Text))
            ? TokenKind.Latin : token.Kind;
        if (word is { } repaired && kind == TokenKind.Latin && token.Kind == TokenKind.Latin && Scripts.AnyCyrillic(repaired.Text)) kind = TokenKind.Word;
        if (word is { } latin && token.Kind == TokenKind.Word && Scripts.AnyLatin(latin.Text)) kind = TokenKind.Latin;
        var weight = meanings.Count == 0 ? Unknown(token, word) : Known(kind, meanings);
        return new Wish(token.Text, kind, isSoft ? weight * SoftShare : weight, [.. meanings], word?.Repair ?? (meanings.Count == 0 ? Repair.Unknown : Repair.None))
        {
            IsSoft = isSoft || (meanings.Count == 0 && weight <= GenericWeight),
            IsOfModel = IsOfModel(kind, meanings) && !(concepts is { Count: > 1 }),
        };
    }

    private bool IsOfModel(TokenKind kind, List<Meaning> meanings) =>
        kind is TokenKind.Number or TokenKind.Model || (kind == TokenKind.Latin && meanings is [var only] && _short.Contains(only.Term)) || meanings.Exists(meaning => _index.IsVariant[meaning.Term]);

    private float Unknown(Token token, ReadWord? word) =>
        word is { } read && Scripts.AnyCyrillic(read.Text) && (_lexicon.IsGeneric(read.Text) || token.Text.Length < 3) ? GenericWeight : UnknownWeight;

    private float Known(TokenKind kind, List<Meaning> meanings)
    {
        var best = meanings.MaxBy(meaning => (meaning.Quality, -_index.Idf[meaning.Term]));
        return Math.Clamp(_index.Idf[best.Term], kind is TokenKind.Word or TokenKind.Latin ? 2 : 3, 6);
    }
}

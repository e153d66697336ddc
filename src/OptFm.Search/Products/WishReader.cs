using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Turns the tokens of a query into wishes: what each may mean in the list, and how much it says.</summary>
internal sealed class WishReader(ProductIndex index, Lexicon lexicon, CommonNames names)
{
    private const float NameTrust = 0.97f;
    private const float RelatedTrust = 0.8f;
    private const float ConceptTrust = 0.95f;
    private const float UnknownWeight = 5;
    private const float GenericWeight = 1;
    private const float SoftShare = 0.3f;
    private readonly WordReader _words = new(index.Vocabulary, lexicon);
    private readonly TokenConcepts _concepts = new(index.Synonyms, names);
    private readonly Marks _marks = new(index.Synonyms);

    /// <summary>Latin words of one or two letters: X, Xs, Xr.</summary>
    private readonly HashSet<int> _short = [.. index.Terms.Where(term => term.Key.Length <= 2 && Scripts.AnyLatin(term.Key) && !Scripts.AnyDigit(term.Key)).Select(term => term.Value)];

    public ProductQuery Read(List<Token> tokens)
    {
        var read = _words.Read(tokens);
        var concepts = _concepts.Of(tokens, read);
        var wishes = new List<Wish>(tokens.Count);
        var pairs = new List<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Wish(tokens[i], read[i], concepts[i]) is not { } wish) continue;
            if (i > 1 && wishes.Count > 0 && tokens[i - 1].Text is "и" or "или" or "либо" && IsAlternative(wishes[^1], tokens[i - 2], wish)) pairs.Add(wishes.Count);
            wishes.Add(i > 0 && tokens[i - 1].Text == "без" ? Absent(wish, read[i]) : wish);
        }

        return new([.. wishes], null, null) { Pairs = pairs };
    }

    private static bool IsAlternative(Wish first, Token before, Wish second) =>
        first.Typed == before.Text && first.Kind == second.Kind && !first.IsUnknown && !second.IsUnknown;

    /// <summary>What a name says the thing lacks, or else what its name must not have.</summary>
    private Wish Absent(Wish wish, ReadWord? word) =>
        index.Find(NameReader.Absent + word?.Text) is { } term
            ? wish with { Typed = NameReader.Absent + wish.Typed, Meanings = [new(term, 1)] }
            : wish with { IsUnwanted = true, Weight = 0, IsOfModel = false };

    private Wish? Wish(Token token, ReadWord? word, List<int>? concepts)
    {
        var meanings = new List<Meaning>();
        if (word is { Trust: 0 } && token.Text.Length == 1) return null;
        foreach (var concept in concepts ?? [])
        {
            if (!_marks.Means(token.Text, concept) && word is not { Repair: Repair.Typo }) continue;
            if (index.Find($"{NameReader.Concept}{concept}") is { } id) meanings.Add(new(id, ConceptTrust * (word is { Trust: > 0 } found ? found.Trust : 1)));
            if (_marks.Of(concept) is { } mark && index.Find(mark) is { } variant) meanings.Add(new(variant, ConceptTrust));
        }

        if (word is { Trust: 0 } && meanings.Count == 0) return null;
        if (word is { } read)
        {
            if (read.Trust > 0) AddWord(meanings, read);
        }
        else
        {
            foreach (var form in token.Forms)
                if (index.Find(form.Text) is { } id) meanings.Add(new(id, form.Quality));
        }

        return Weighed(token, word, meanings, concepts);
    }

    private void AddWord(List<Meaning> meanings, ReadWord read)
    {
        if (names.Of(read.Text) is var name && name != read.Text && index.Find(name) is { } named) meanings.Add(new(named, read.Trust * NameTrust));
        if (index.Find(read.Text) is { } id) meanings.Add(new(id, read.Trust));
        if (index.Abbreviations.TryGetValue(read.Text, out var whole)) meanings.Add(new(whole, read.Trust * NameTrust));
        foreach (var related in index.Vocabulary.Related(read.Text))
            if (index.Find(related) is { } other) meanings.Add(new(other, read.Trust * RelatedTrust));
    }

    private Wish Weighed(Token token, ReadWord? word, List<Meaning> meanings, List<int>? concepts)
    {
        var isSoft = word is { } read && Fillers.IsSoft(read.Text);
        var kind = word is { } spoken && index.Find(spoken.Text) is null && meanings.Count > 0 && Scripts.AnyLatin(names.Of(spoken.Text))
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
        kind is TokenKind.Number or TokenKind.Model || (kind == TokenKind.Latin && meanings is [var only] && _short.Contains(only.Term)) || meanings.Exists(meaning => index.IsVariant[meaning.Term]);

    private float Unknown(Token token, ReadWord? word) =>
        word is { } read && Scripts.AnyCyrillic(read.Text) && (lexicon.IsGeneric(read.Text) || token.Text.Length < 3) ? GenericWeight : UnknownWeight;

    private float Known(TokenKind kind, List<Meaning> meanings)
    {
        var best = meanings.MaxBy(meaning => (meaning.Quality, -index.Idf[meaning.Term]));
        return Math.Clamp(index.Idf[best.Term], kind is TokenKind.Word or TokenKind.Latin ? 2 : 3, 6);
    }
}

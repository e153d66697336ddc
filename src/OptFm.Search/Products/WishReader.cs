using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Turns the tokens of a query into wishes: what each may mean in the list, and how much it says.</summary>
internal sealed class WishReader(ProductIndex index, Lexicon lexicon, CommonNames names, Marks marks)
{
    private const float NameTrust = 0.97f;
    private const float RelatedTrust = 0.8f;
    private const float AbbreviatedTrust = 0.85f;
    private const float ConceptTrust = 0.95f;

    /// <summary>Meanings as near to the best are ways to say the same; it says as much as the commonest of them.</summary>
    private const float SameQuality = 0.06f;
    private const float UnknownWeight = 5;
    private const float GenericWeight = 1;
    private const float SoftShare = 0.3f;
    private const float OwnShare = 0.85f;
    private const int OwnTimes = 4;
    private static readonly string[] Prepositions = ["на", "для", "под", "в", "во", "к", "na", "dlya", "pod", "v", "k"];
    private readonly TokenConcepts _concepts = new(index.Synonyms, names);
    private readonly WordReader _words = new(index.Vocabulary, lexicon, marks);

    /// <summary>Latin words of one or two letters: X, Xs, Xr.</summary>
    private readonly HashSet<int> _short = [.. index.Terms.Where(term => term.Key.Length <= 2 && Scripts.AnyLatin(term.Key) && !Scripts.AnyDigit(term.Key)).Select(term => term.Value)];

    /// <param name="isListed">For each token, whether a comma or a plus stands before it.</param>
    public ProductQuery Read(List<Token> tokens, bool[] isListed)
    {
        var read = _words.Read(tokens);
        var concepts = _concepts.Of(tokens, read);
        var wishes = new List<Wish>(tokens.Count);
        var pairs = new List<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (wishes.Exists(known => known.Typed == tokens[i].Text))
            {
                if (Twice(tokens[i], concepts[i], wishes) is { } twice) wishes.Add(twice);
                continue; // Else said twice is wished once.
            }

            if (Wish(tokens[i], read[i], concepts[i]) is not { } wish) continue;
            if (IsQuantity(tokens, i, wishes)) wish = wish with { IsSoft = true, IsOfModel = false, Weight = wish.Weight * SoftShare };
            var first = isListed[i] ? i - 1 : i > 1 && tokens[i - 1].Text is "и" or "или" or "либо" ? i - 2 : -1;
            if (first >= 0 && wishes.Count > 0 && IsAlternative(wishes[^1], tokens[first], wish) && !(isListed[i] && IsAddition(tokens[first], tokens[i], wish))) pairs.Add(wishes.Count);
            if (i > 0 && Prepositions.Contains(tokens[i - 1].Text) && !(wish.IsUnknown && concepts[i] is not null)) wish = wish with { IsPurpose = true }; // An unknown brand matters.
            wishes.Add(i > 0 && tokens[i - 1].Text == "без" ? Absent(wish, read[i]) : wish);
        }

        if (!wishes.Exists(wish => wish is { IsService: false, IsUnknown: false } && (wish.NamesThing || wish.Kind != TokenKind.Word))) RefuseServices(wishes);
        if (!wishes.Exists(wish => wish.NamesThing && !wish.IsSoft) || IsDeviceWith(tokens, wishes)) AskForDevice(wishes);
        else if (wishes.Exists(wish => wish is { NamesThing: true, IsUnknown: false })) Overhear(wishes);
        return new([.. wishes], null, null) { Pairs = pairs };
    }

    /// <summary>A cable "type-c type-c" has two such ends; a series or a brand said twice is only said twice.</summary>
    private Wish? Twice(Token token, List<int>? concepts, List<Wish> wishes)
    {
        var typed = $"2 × {token.Text}";
        if (token.Kind != TokenKind.Latin || wishes.Exists(wish => wish.Typed == typed || (wish.Typed == token.Text && wish.Meanings.Any(meaning => index.IsSeries[meaning.Term])))) return null;
        foreach (var concept in concepts ?? [])
            if (index.Find(NameReader.Twice(concept)) is { } term) return new(typed, TokenKind.Latin, Known(TokenKind.Latin, [new(term, 1)]), [new(term, 1)], Repair.None);
        return null;
    }

    /// <summary>"Смартфон xiaomi": where no other thing is named, the device itself is asked for, not what fits it.</summary>
    private static void AskForDevice(List<Wish> wishes)
    {
        for (var i = 0; i < wishes.Count; i++)
            if (wishes[i].IsDevice) wishes[i] = wishes[i] with { IsSoft = false, IsTalk = false, NamesThing = true, Weight = wishes[i].Weight / SoftShare };
    }

    /// <summary>Beside a thing of the list an unknown word is hardly another thing.</summary>
    private static void Overhear(List<Wish> wishes)
    {
        for (var i = 0; i < wishes.Count; i++)
            if (wishes[i].IsTalk || wishes[i] is { IsPurpose: true, IsUnknown: true, Repair: Repair.None }) wishes[i] = wishes[i] with { IsSoft = true, NamesThing = false, Weight = GenericWeight };
    }

    /// <summary>"До скольки работаете": goods that "work only with a logo" are no answer.</summary>
    private static void RefuseServices(List<Wish> wishes)
    {
        for (var i = 0; i < wishes.Count; i++)
            if (wishes[i].IsService) wishes[i] = wishes[i] with { Meanings = [], Weight = UnknownWeight };
    }

    /// <summary>"Телефон с большими кнопками" is no button: the device comes first, and what it has follows "с".</summary>
    private bool IsDeviceWith(List<Token> tokens, List<Wish> wishes)
    {
        if (wishes.Count == 0 || !wishes[0].IsDevice) return false;
        var with = tokens.FindIndex(token => token.Text is "с" or "со");
        return with > 0 && !tokens.Take(with).Any(token => _words.IsThing(token, index) && token.Text != wishes[0].Typed);
    }

    /// <summary>A comma joins two things or two colours as either, but "беспроводной, белый" is both.</summary>
    private static bool IsAddition(Token before, Token token, Wish wish) =>
        wish is { Kind: TokenKind.Word, NamesThing: false } && (Colours.Of(before.Text, TextAnalyzer.ReadWord) is null || Colours.Of(token.Text, TextAnalyzer.ReadWord) is null);

    private static bool IsAlternative(Wish first, Token before, Wish second) =>
        first.Typed == before.Text && first.Kind == second.Kind && first.NamesThing == second.NamesThing && !first.IsUnknown && !second.IsUnknown;

    /// <summary>The 3 of "3 дисплея redmi": a number before a thing, after no brand.</summary>
    private bool IsQuantity(List<Token> tokens, int number, List<Wish> before) =>
        tokens[number] is { Kind: TokenKind.Number, Text.Length: <= 3 } && number + 1 < tokens.Count && tokens[number + 1].Kind == TokenKind.Word
        && (before.Count == 0 || before[^1].Kind == TokenKind.Word) && _words.IsThing(tokens[number + 1], index);

    /// <summary>What a name says the thing lacks, or else what its name must not have.</summary>
    private Wish Absent(Wish wish, ReadWord? word) =>
        index.Find(NameReader.Absent + word?.Text) is { } term
            ? wish with { Typed = NameReader.Absent + wish.Typed, Meanings = [new(term, 1)] }
            : wish with { IsUnwanted = true, Weight = 0, IsOfModel = false };

    private Wish? Wish(Token token, ReadWord? word, List<int>? concepts)
    {
        var meanings = new List<Meaning>();
        var others = IsOwn(word) ? OwnShare : 1;
        if (word is { Trust: 0 } && token.Text.Length == 1) return null;
        foreach (var concept in concepts ?? [])
        {
            if (!marks.Means(token.Text, concept) && word is not { Repair: Repair.Typo }) continue;
            if (index.Find($"{NameReader.Concept}{concept}") is { } id) meanings.Add(new(id, others * ConceptTrust * (word is { Trust: > 0 } found ? found.Trust : 1)));
            if (marks.Of(concept) is { } mark && index.Find(mark) is { } variant) meanings.Add(new(variant, ConceptTrust));
        }

        if (word is { Trust: 0 } && meanings.Count == 0) return null;
        if (word is { } read)
        {
            if (read.Trust > 0) AddWord(meanings, read, others);
        }
        else
        {
            foreach (var form in token.Forms)
                if (index.Find(form.Text) is { } id) meanings.Add(new(id, form.Quality));
        }

        return Weighed(token, word, meanings, concepts);
    }

    /// <summary>Whether the list itself uses a word about as often as its common name: then its synonyms are other things, as книжка is to накладка.</summary>
    private bool IsOwn(ReadWord? word) =>
        word is { } read && names.Of(read.Text) is var name && name != read.Text && index.Find(read.Text) is { } own && index.Find(name) is { } common
        && index.Postings[own].Length * OwnTimes > index.Postings[common].Length;

    private void AddWord(List<Meaning> meanings, ReadWord read, float others)
    {
        if (names.Of(read.Text) is var name && name != read.Text && index.Find(name) is { } named) meanings.Add(new(named, read.Trust * NameTrust * others));
        if (index.Find(read.Text) is { } id) meanings.Add(new(id, read.Trust));
        if (index.Abbreviations.TryGetValue(read.Text, out var whole)) meanings.Add(new(whole, read.Trust * NameTrust));
        if (index.Vocabulary.Abbreviated(read.Text) is { } longer && index.Find(longer) is { } frequent) meanings.Add(new(frequent, read.Trust * AbbreviatedTrust));
        foreach (var stem in Stems.Others(read.Text))
            if (index.Find(stem) is { } same && !meanings.Exists(meaning => meaning.Term == same)) meanings.Add(new(same, read.Trust));
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
            IsDevice = word is { } device && Fillers.IsDevice(device.Text),
            NamesThing = kind == TokenKind.Word && !isSoft && (meanings.Count == 0 || (meanings.Exists(meaning => index.IsThing[meaning.Term]) && !meanings.Exists(meaning => index.IsVariant[meaning.Term]))),
            IsTalk = kind == TokenKind.Word && meanings.Count == 0 && word is { Text.Length: > 3, Repair: Repair.Unknown } unknown && !lexicon.IsOther(unknown.Text) && !Services.Contains(unknown.Text),
            IsService = word is { } done && Services.Contains(done.Text),
            IsOfModel = IsOfModel(kind, meanings) && !(concepts is { Count: > 1 }),
        };
    }

    private bool IsOfModel(TokenKind kind, List<Meaning> meanings) =>
        kind is TokenKind.Number or TokenKind.Model || (kind == TokenKind.Latin && meanings is [var only] && _short.Contains(only.Term)) || meanings.Exists(meaning => index.IsVariant[meaning.Term]);

    private float Unknown(Token token, ReadWord? word) =>
        word is { } read && Scripts.AnyCyrillic(read.Text) && (lexicon.IsGeneric(read.Text) || token.Text.Length < 3) ? GenericWeight : UnknownWeight;

    private float Known(TokenKind kind, List<Meaning> meanings)
    {
        var best = meanings.Max(meaning => meaning.Quality) - SameQuality;
        return Math.Clamp(meanings.Where(meaning => meaning.Quality >= best).Min(meaning => index.Idf[meaning.Term]), kind is TokenKind.Word or TokenKind.Latin ? 2 : 3, 6);
    }
}

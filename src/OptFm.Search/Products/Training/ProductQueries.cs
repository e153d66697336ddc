using OptFm.Search.Text;

namespace OptFm.Search.Products.Training;

/// <summary>A made-up search with how to tell whether a product is what it asks for.</summary>
/// <param name="Words">Lower-case texts the name of a right product holds as whole words; empty where nothing is right.</param>
internal sealed record MadeQuery(string Text, IReadOnlyList<string> Words)
{
    /// <summary>Stem of the word that a right product's name begins with; null where any will do.</summary>
    public string? FirstNoun { get; init; }

    /// <summary>Whether it is a message that goods seldom answer.</summary>
    public bool IsQuestion { get; init; }
}

/// <summary>
/// Makes searches out of a price list itself: the thing and the model of a product, now in slang, by ear, misspelt or on the other
/// keyboard layout; and searches for what the list has not: other models, models of other things, other things, questions.
/// </summary>
/// <param name="random">Seeded by the caller, so that training can be rerun.</param>
internal sealed class ProductQueries(IReadOnlyList<Product> products, string synonyms, IReadOnlyList<string> questions, IReadOnlyList<string> otherThings, Random random)
{
    private readonly Dictionary<string, string[]> _slang = Slang(synonyms);
    private readonly string[] _names = [.. products.Select(product => Padded(product.Name))];

    public IEnumerable<MadeQuery> Make(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var query = random.Next(19) switch
            {
                < 6 => Present(),
                6 or 7 => ThingAlone(),
                8 or 9 => CodeAlone(),
                10 => OtherModel(),
                11 => OtherPair(),
                12 => OtherThing(),
                13 or 14 => Attributed(),
                15 or 16 => Wordy(),
                17 => OtherNoun(),
                _ => new MadeQuery(questions[random.Next(questions.Count)], []) { IsQuestion = true },
            };
            if (query is not null) yield return query;
        }
    }

    /// <summary>Whether a product has every group of words, and somewhere no mark such as Pro after it.</summary>
    public static bool IsRight(MadeQuery query, Product product)
    {
        if (query.Words.Count == 0) return false;
        var name = Padded(product.Name);
        if (query.FirstNoun is { } noun && TextAnalyzer.ReadWord(FirstNoun(name)).Stem != noun) return false;
        return query.Words.All(words => Holds(name, words));
    }

    private static string FirstNoun(string name) => name.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => !NameReader.IsAdjective(word), "");

    private MadeQuery? Present()
    {
        if (Parts(Any()) is not var (thing, model)) return null;
        return new($"{Noised(thing)} {(random.Next(4) == 0 ? "на " : "")}{Noised(model)}".Trim(), [thing, model]);
    }

    /// <summary>A thing with two more words of its name: colours, makers, sizes.</summary>
    private MadeQuery? Attributed()
    {
        var words = Padded(Any().Name).Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 2 && !word.StartsWith("совмест", StringComparison.Ordinal)).ToList();
        if (words.Count < 5) return null;
        IReadOnlyList<string> kept = [words[0], words[random.Next(1, words.Count)], words[random.Next(1, words.Count)]];
        return new(Noised(string.Join(' ', kept.Distinct())), kept);
    }

    /// <summary>"камеры iphone 13" of a protective glass for cameras: right is only what begins so.</summary>
    private MadeQuery? OtherNoun()
    {
        var product = Any();
        if (Parts(product) is not var (_, model)) return null;
        var words = Normalisation.Apply(product.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(word => word.Length > 2 && Array.TrueForAll(word.ToCharArray(), Scripts.IsCyrillic) && !word.StartsWith("совмест", StringComparison.Ordinal)).ToList();
        return words.Count < 2 ? null : new($"{words[^1]} {model}", [model]) { FirstNoun = TextAnalyzer.ReadWord(words[^1]).Stem };
    }

    /// <summary>A search with talk around it, as in messages.</summary>
    private MadeQuery? Wordy()
    {
        if (Present() is not { } query) return null;
        var talk = questions[random.Next(questions.Count)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = random.Next(talk.Length);
        var some = string.Join(' ', talk.Skip(start).Take(random.Next(1, 4)));
        return query with { Text = random.Next(2) == 0 ? $"{some} {query.Text}" : $"{query.Text} {some}" };
    }

    private MadeQuery? ThingAlone() => Parts(Any()) is var (thing, _) ? new(Noised(thing), [thing]) : null;

    /// <summary>A model or part number and nothing else.</summary>
    private MadeQuery? CodeAlone()
    {
        var codes = Padded(Any().Name).Split(' ').Where(word => word.Length > 3 && Scripts.AnyDigit(word) && Scripts.AnyLatin(word)).ToList();
        if (codes.Count == 0) return null;
        var code = codes[random.Next(codes.Count)];
        return new(code, [code]);
    }

    private MadeQuery? OtherModel()
    {
        if (Parts(Any()) is not var (thing, model)) return null;
        var other = string.Concat(model.Select(c => char.IsAsciiDigit(c) ? (char)('0' + random.Next(10)) : c));
        return IsAbsent(thing, other) ? new($"{Noised(thing)} {Noised(other)}", []) : new($"{thing} {other}", [thing, other]);
    }

    private MadeQuery? OtherPair()
    {
        if (Parts(Any()) is not var (thing, _) || Parts(Any()) is not var (_, model)) return null;
        return IsAbsent(thing, model) ? new($"{Noised(thing)} {Noised(model)}", []) : new($"{thing} {model}", [thing, model]);
    }

    /// <summary>"Холодильник Samsung A51", "смартфон iPhone 11": the list has what fits them, not them.</summary>
    private MadeQuery? OtherThing()
    {
        if (Parts(Any()) is not var (_, model)) return null;
        var thing = otherThings[random.Next(otherThings.Count)];
        return IsAbsent(thing, model) ? new($"{thing} {(random.Next(2) == 0 ? Noised(model) : model.Split(' ')[0])}", []) : null;
    }

    private bool IsAbsent(string thing, string model) => !Array.Exists(_names, name => Holds(name, thing) && Holds(name, model));

    private Product Any() => products[random.Next(products.Count)];

    /// <summary>What the thing is, its first word or two, and the model it fits or is, up to a slash or a bracket.</summary>
    private static (string Thing, string Model)? Parts(Product product)
    {
        var words = Normalisation.Apply(product.Name).Replace("(", " (").Replace("\"", " \" ").Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        var thing = words.TakeWhile(word => Scripts.IsCyrillic(word[0]) && word != "для" && !word.StartsWith("совмест", StringComparison.Ordinal)).Take(2).ToList();
        var rest = words.SkipWhile(word => !Scripts.AnyLatin(word)).TakeWhile(word => !Scripts.AnyCyrillic(word)).Take(4).ToList();
        var cut = string.Join(' ', rest).Split(['/', '(', '[', ',', '+', '"'], 2)[0].Trim();
        return thing.Count == 0 || cut.Length < 2 ? null : (string.Join(' ', thing), cut);
    }

    /// <summary>As the name says it, or in a list: the 6s plus of "iphone 6 plus / 6s plus".</summary>
    private static bool Holds(string name, string words)
    {
        if (HoldsWhole(name, words)) return true;
        var number = words.IndexOf(' ') + 1;
        return number > 0 && name.Contains($" {words[..(number - 1)]} ", StringComparison.Ordinal)
            && (HoldsWhole(name, "/ " + words[number..]) || (words.IndexOf(' ', number) > 0 && Holds(name, words[number..])));
    }

    private static bool HoldsWhole(string name, string words)
    {
        var at = name.IndexOf($" {words} ", StringComparison.Ordinal);
        if (at < 0) return false;
        var after = name[(at + words.Length + 2)..].Split(' ', 2)[0];
        return !VariantWords.All.Contains(after) || name.LastIndexOf($" {words} ", StringComparison.Ordinal) != at;
    }

    private static string Padded(string name)
    {
        var text = Normalisation.Apply(name);
        return $" {string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c is '.' ? c.ToString() : c is '/' ? " / " : " "))} ".Replace("  ", " ").Replace("  ", " ");
    }

    private string Noised(string words)
    {
        var noised = string.Join(' ', words.Split(' ').Select(word => random.Next(3) == 0 ? Slangy(word) : word));
        return random.Next(8) switch
        {
            0 => Mistyped(noised),
            1 when Scripts.AnyCyrillic(noised) => new string([.. noised.Select(c => KeyboardLayout.ToLatin(c.ToString())[0])]),
            _ => noised,
        };
    }

    private string Slangy(string word) => _slang.TryGetValue(word, out var others) ? others[random.Next(others.Length)] : word;

    private string Mistyped(string words)
    {
        var places = Enumerable.Range(1, Math.Max(0, words.Length - 2)).Where(i => Scripts.IsCyrillic(words[i]) && Scripts.IsCyrillic(words[i - 1])).ToList();
        if (places.Count == 0) return words;
        var at = places[random.Next(places.Count)];
        return random.Next(2) == 0 ? words.Remove(at, 1) : words[..(at - 1)] + words[at] + words[at - 1] + words[(at + 1)..];
    }

    private static Dictionary<string, string[]> Slang(string file)
    {
        var slang = new Dictionary<string, string[]>();
        foreach (var line in file.Split('\n'))
        {
            var members = line.Split('#')[0].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(member => !member.Contains(' ')).ToArray();
            if (members.Length > 1) slang.TryAdd(members[0], members[1..]);
        }

        return slang;
    }
}

namespace OptFm.Search.Text;

/// <summary>
/// What is known of Russian besides the FAQ: synonyms, and everyday words, so that a word the FAQ lacks is not taken for a misspelling
/// and a word that says little does not weigh like one that says much.
/// </summary>
/// <param name="Generic">Whole words that say little about any topic.</param>
/// <param name="Other">Whole words on topics of their own.</param>
public sealed record Lexicon(Synonyms Synonyms, IReadOnlySet<string> Generic, IReadOnlySet<string> Other)
{
    private readonly HashSet<string> _genericStems = [.. Generic.Select(word => TextAnalyzer.ReadWord(word).Stem)];

    /// <summary>The lists shipped with the library, from <c>data/</c>.</summary>
    public static Lexicon Russian() => new(
        Synonyms.Parse(Shipped.Read("synonyms.ru.txt")), Words(Shipped.Read("words-generic.ru.txt")), Words(Shipped.Read("words-other.ru.txt")));

    private readonly HashSet<string> _otherStems = [.. Other.Select(word => TextAnalyzer.ReadWord(word).Stem)];

    public bool IsOther(string stem) => _otherStems.Contains(stem);

    public bool IsGeneric(string stem) => _genericStems.Contains(stem);

    /// <summary>Words separated by spaces and lines; <c>#</c> starts a comment.</summary>
    public static IReadOnlySet<string> Words(string file) =>
        file.Split('\n').SelectMany(line => TextAnalyzer.Read(line.Split('#')[0])).Select(word => word.Text).ToHashSet();
}

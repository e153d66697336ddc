namespace OptFm.Search.Text;

/// <summary>
/// What is known of Russian besides the FAQ: synonyms, and everyday words, so that a word the FAQ lacks is not taken for a misspelling
/// and a word that says little does not weigh like one that says much.
/// </summary>
/// <param name="Generic">Whole words that say little about any topic.</param>
/// <param name="Other">Whole words on topics of their own.</param>
public sealed record Lexicon(Synonyms Synonyms, IReadOnlyList<Word> Generic, IReadOnlyList<Word> Other)
{
    private readonly HashSet<string> _genericStems = Stems(Generic);
    private readonly HashSet<string> _otherStems = Stems(Other);

    /// <summary>The lists shipped with the library, from <c>data/</c>.</summary>
    public static Lexicon Russian() => new(
        Synonyms.Parse(Shipped.Read("synonyms.ru.txt")), Words(Shipped.Read("words-generic.ru.txt")), Words(Shipped.Read("words-other.ru.txt")));

    public bool IsOther(string stem) => _otherStems.Contains(stem);

    public bool IsGeneric(string stem) => _genericStems.Contains(stem);

    /// <summary>Words separated by spaces and lines; <c>#</c> starts a comment.</summary>
    public static IReadOnlyList<Word> Words(string file)
    {
        var words = new List<Word>();
        foreach (var line in file.Split('\n')) words.AddRange(TextAnalyzer.Read(line.Split('#')[0]));
        return words;
    }

    private static HashSet<string> Stems(IReadOnlyList<Word> words)
    {
        var stems = new HashSet<string>(words.Count);
        foreach (var word in words) stems.Add(word.Stem);
        return stems;
    }
}

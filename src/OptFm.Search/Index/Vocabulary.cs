using OptFm.Search.Text;

namespace OptFm.Search.Index;

/// <summary>Words an index knows: its own, which misspelt words are repaired to, and others, which are just words.</summary>
public sealed class Vocabulary
{
    private const int ShortestSound = 3;
    private const int ShortestStem = 5;
    private readonly HashSet<string> _stems = [];
    private readonly Dictionary<string, Word> _bySound = [];
    private readonly Dictionary<string, Word> _words = [];
    private readonly FuzzyTerms _near;

    /// <param name="own">Whole words, normalised, of the index and its synonyms.</param>
    /// <param name="others">Whole words that are right as they are.</param>
    public Vocabulary(IEnumerable<string> own, IEnumerable<string> others)
    {
        foreach (var text in own) Add(TextAnalyzer.ReadWord(text));
        foreach (var text in others) Add(TextAnalyzer.ReadWord(text));
        _near = new FuzzyTerms(_words.Keys);
    }

    public bool Knows(string stem) => _stems.Contains(stem);

    /// <returns>A known word that sounds the same whatever its alphabet, or null.</returns>
    public Word? SoundsLike(string word) => _bySound.TryGetValue(Transliteration.Key(word), out var found) ? found : null;

    /// <returns>The nearest known word within the allowed typos, or null.</returns>
    public (Word Word, int Distance)? Near(string word) =>
        _near.Nearest(word) is { } found ? (_words[found.Word], found.Distance) : null;

    private void Add(Word word)
    {
        if (!_words.TryAdd(word.Text, word)) return;
        _stems.Add(word.Stem);
        if (word.Stem.Length >= ShortestStem) _words.TryAdd(word.Stem, word);
        if (word.Text.Length >= ShortestSound) _bySound.TryAdd(Transliteration.Key(word.Text), word);
        if (word.Stem.Length >= ShortestSound) _bySound.TryAdd(Transliteration.Key(word.Stem), word);
    }
}

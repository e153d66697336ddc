using OptFm.Search.Text;

namespace OptFm.Search.Index;

/// <summary>What an index knows of words: stems it has, how they sound, and which are near a misspelt one.</summary>
public sealed class Vocabulary
{
    private readonly HashSet<string> _stems;
    private readonly Dictionary<string, Word> _bySound = [];
    private readonly Dictionary<string, Word> _words = [];
    private readonly FuzzyTerms _near;

    /// <param name="words">Whole words, normalised; all their stems become known.</param>
    public Vocabulary(IEnumerable<string> words)
    {
        foreach (var text in words.Distinct())
        {
            var word = TextAnalyzer.ReadWord(text);
            _words[word.Text] = word;
            _words.TryAdd(word.Stem, word);
            if (word.Text.Length >= 3) _bySound.TryAdd(Transliteration.Key(word.Text), word);
            if (word.Stem.Length >= 3) _bySound.TryAdd(Transliteration.Key(word.Stem), word);
        }

        _stems = [.. _words.Values.Select(word => word.Stem)];
        _near = new FuzzyTerms(_words.Keys);
    }

    public bool Knows(string stem) => _stems.Contains(stem);

    /// <returns>A known word that sounds the same whatever its alphabet, or null.</returns>
    public Word? SoundsLike(string word) => _bySound.TryGetValue(Transliteration.Key(word), out var found) ? found : null;

    /// <returns>The nearest known word within the allowed typos, or null.</returns>
    public (Word Word, int Distance)? Near(string word) =>
        _near.Nearest(word) is { } found ? (_words[found.Word], found.Distance) : null;
}

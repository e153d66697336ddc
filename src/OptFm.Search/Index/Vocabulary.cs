using OptFm.Search.Text;

namespace OptFm.Search.Index;

/// <summary>Words an index knows: its own, which misspelt words are repaired to, and others, which are just words.</summary>
public sealed class Vocabulary
{
    private const int ShortestSound = 3;
    private const int ShortestStem = 5;
    private readonly HashSet<string> _stems = [];
    private readonly Dictionary<string, Word> _words = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly Lazy<Dictionary<string, Word>> _bySound;
    private readonly Lazy<FuzzyTerms> _near;

    /// <param name="words">Of the index and its synonyms first, each as often as it stands there, then those that are right as they are.</param>
    public Vocabulary(IEnumerable<Word> words)
    {
        foreach (var word in words) Add(word);
        _bySound = new(Sounds);
        _near = new(() => new FuzzyTerms(_words.Keys.OrderByDescending(_counts.GetValueOrDefault)));
    }

    public bool Knows(string stem) => _stems.Contains(stem);

    /// <summary>Whether it stands in the texts in this very form.</summary>
    public bool Has(string word) => _words.TryGetValue(word, out var found) && found.Text == word;

    /// <returns>A known word that sounds the same whatever its alphabet, or null.</returns>
    public Word? SoundsLike(string word) => _bySound.Value.TryGetValue(Transliteration.Key(word), out var found) ? found : null;

    /// <returns>The nearest known word within the allowed typos, or null.</returns>
    public (Word Word, int Distance)? Near(string word) =>
        _near.Value.Nearest(word) is { } found ? (_words[found.Word], found.Distance) : null;

    /// <summary>A word that is another's stem ("готов" of "готовить") is a word all the same.</summary>
    private void Add(Word word)
    {
        _counts[word.Text] = _counts.GetValueOrDefault(word.Text) + 1;
        if (Has(word.Text)) return;
        _words[word.Text] = word;
        _stems.Add(word.Stem);
        if (word.Stem.Length >= ShortestStem) _words.TryAdd(word.Stem, word);
    }

    /// <summary>Words and stems by sound; of those that sound the same, the first.</summary>
    private Dictionary<string, Word> Sounds()
    {
        var sounds = new Dictionary<string, Word>(_words.Count);
        foreach (var (text, word) in _words)
        {
            if (text != word.Text) continue;
            if (text.Length >= ShortestSound) sounds.TryAdd(Transliteration.Key(text), word);
            if (word.Stem.Length >= ShortestSound) sounds.TryAdd(Transliteration.Key(word.Stem), word);
        }

        return sounds;
    }
}

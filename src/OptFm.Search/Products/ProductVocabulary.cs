using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>A word of a query as the price list would write it.</summary>
/// <param name="Text">A stem or a Latin word.</param>
/// <param name="Trust">How sure that is, 0 to 1.</param>
internal readonly record struct ReadWord(string Text, Repair Repair, float Trust);

/// <summary>
/// What the price list calls things, and every way found in the list itself to recognise a word it spells otherwise: sound,
/// transliteration, abbreviation, common root, one or two typos.
/// </summary>
internal sealed class ProductVocabulary
{
    private const float SoundTrust = 0.92f;
    private const float AbbreviationTrust = 0.85f;
    private const float TypoTrust = 0.88f;
    private const float TwoTyposTrust = 0.75f;
    private const int ShortestAbbreviation = 3;
    private const int ShortestSound = 3;

    /// <summary>Two Latin letters are meant rather than a word cut to two, unless so many times fewer products have them; so too a rare word.</summary>
    private const int RarerBy = 10;

    /// <summary>A brand that so many products have is meant rather than a misspelt Russian word.</summary>
    private const int Frequent = 5;
    private readonly Dictionary<string, int> _words;
    private readonly HashSet<string> _spoken = [];
    private readonly Dictionary<string, List<string>> _bySound = [];
    private readonly Dictionary<string, string> _byTransliteration = [];
    private readonly Dictionary<string, List<string>> _byRoot = [];
    private readonly WordBeginnings _beginnings;
    private readonly Dictionary<string, string> _stems = [];
    private readonly NearWords _near;
    private readonly Func<string, bool> _hasGoods;

    /// <param name="words">Stems and Latin words of the list, with how many products have each.</param>
    /// <param name="surface">Whole words of the list.</param>
    /// <param name="hasGoods">Whether any product has a term.</param>
    public ProductVocabulary(Dictionary<string, int> words, IEnumerable<string> surface, Synonyms synonyms, Func<string, bool> hasGoods)
    {
        _words = words;
        _hasGoods = hasGoods;
        foreach (var word in synonyms.Words) _spoken.Add(word.Stem);
        _beginnings = new WordBeginnings(words);
        List<string> byFrequency = [.. words.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Select(word => word.Key)];
        foreach (var word in byFrequency.Concat(_spoken)) AddKeys(word);
        foreach (var whole in surface.Concat(synonyms.Words.Select(word => word.Text)).Concat(byFrequency)) _stems.TryAdd(whole, TextAnalyzer.ReadWord(whole).Stem);
        _near = new NearWords(_stems.Select(word => (word.Key, words.GetValueOrDefault(word.Value, 1))));
    }

    public bool Has(string term) => _hasGoods(term);

    /// <summary>Whether a word needs no repair: the list or its synonyms have it, or it sounds like one of the list's brands.</summary>
    public bool Knows(Word word) =>
        word.IsWeak || _hasGoods(word.Text) || _words.ContainsKey(word.Stem) || _spoken.Contains(word.Stem)
        || (Scripts.AnyCyrillic(word.Text) && word.Text.Length > 4 && SoundsLike(word.Text) is { } latin && IsSpeltLike(word.Text, latin));

    /// <summary>Whether the list or its synonyms have the very word.</summary>
    public bool HasWord(Word word) => _words.ContainsKey(word.Stem) || _spoken.Contains(word.Stem);

    /// <summary>Consonants alone make "лфиуд" sound like many a brand.</summary>
    private static bool IsSpeltLike(string word, string latin)
    {
        var (key, other) = (Transliteration.Key(word), Transliteration.Key(latin));
        return EditDistance.Between(key, other, key.Length / 3) <= key.Length / 3;
    }

    /// <summary>Other words of the list with the same root.</summary>
    public IEnumerable<string> Related(string stem) =>
        _byRoot.TryGetValue(Roots.Of(stem), out var related) ? related.Where(other => other != stem) : [];

    /// <returns>A far more frequent word that a rare one of the list begins, and so may abbreviate: "сист" and "системный"; or null.</returns>
    public string? Abbreviated(string stem) =>
        stem.Length >= ShortestAbbreviation && Scripts.AnyCyrillic(stem) && !_spoken.Contains(stem) && _words.TryGetValue(stem, out var count)
        && _beginnings.Completed(stem) is { } whole && _words[whole] > RarerBy * count ? whole : null;

    /// <returns>The word as the list or its synonyms have it; <see cref="Repair.Unknown"/> where they have nothing like it.</returns>
    public ReadWord Read(Word word)
    {
        if (_words.ContainsKey(word.Stem) || _spoken.Contains(word.Stem)) return new(word.Stem, Repair.None, 1);
        if (Stems.Others(word.Stem).FirstOrDefault(_words.ContainsKey) is { } other) return new(other, Repair.None, 1);
        if (_byRoot.ContainsKey(Roots.Of(word.Stem))) return Typo(word.Text) is { Trust: TypoTrust } near ? near : new(word.Stem, Repair.None, 1);
        return (Scripts.AnyLatin(word.Text) ? ReadLatin(word) : ReadCyrillic(word)) ?? new(word.Stem, Repair.Unknown, 1);
    }

    private ReadWord? ReadCyrillic(Word word)
    {
        if (word.Text.Length <= 2) return Shortest(word.Text);
        var sound = SoundsLike(word.Text);
        if (sound is not null && _words.GetValueOrDefault(sound) >= Frequent) return new(sound, Repair.Transliteration, SoundTrust);
        if (Abbreviation(word) is { } whole) return whole;
        if (Typo(word.Text) is { } typo && (sound is null || typo.Trust == TypoTrust)) return typo;
        return sound is null ? null : new(sound, Repair.Transliteration, SoundTrust);
    }

    private ReadWord? ReadLatin(Word word)
    {
        var cyrillic = TextAnalyzer.ReadWord(Transliteration.ToCyrillic(word.Text));
        if (_words.ContainsKey(cyrillic.Stem) || _spoken.Contains(cyrillic.Stem)) return new(cyrillic.Stem, Repair.Transliteration, 1);
        if (word.Text.Length < ShortestSound) return null;
        foreach (var text in (ReadOnlySpan<string>)[cyrillic.Text, cyrillic.Stem])
            if (_byTransliteration.TryGetValue(Transliteration.Key(text), out var same)) return new(same, Repair.Transliteration, SoundTrust);
        if (Typo(word.Text) is { } typo) return typo;
        if (Typo(cyrillic.Text) is { } repaired) return repaired with { Repair = Repair.Transliteration };
        return Beginning(word.Text);
    }

    /// <summary>"хр" of "айфон хр", or "ст" for "стекло": whichever more products have.</summary>
    private ReadWord? Shortest(string text)
    {
        var latin = Folding.Variants(text).Where(_words.ContainsKey).MaxBy(variant => _words[variant]);
        var whole = text.Length > 1 ? _beginnings.Completed(text) : null;
        if (whole is not null && (latin is null || _words[whole] > RarerBy * _words[latin])) return new(whole, Repair.Typo, TwoTyposTrust);
        return latin is null ? null : new(latin, Repair.Transliteration, SoundTrust);
    }

    /// <summary>A Latin word of the list that is pronounced so; of several, the one spelt most alike.</summary>
    private string? SoundsLike(string word)
    {
        var key = Sound.Key(word);
        if (key.Length < 2 || !_bySound.TryGetValue(key, out var found)) return null;
        var spelt = Folding.Plain(word);
        return found.MinBy(candidate => EditDistance.Between(spelt, candidate, 6));
    }

    /// <summary>"науш", "аккум": the most frequent word that begins so.</summary>
    private ReadWord? Abbreviation(Word word) =>
        word.Text.Length >= ShortestAbbreviation && _beginnings.Completed(word.Text) is { } whole ? new(whole, Repair.Typo, AbbreviationTrust) : null;

    /// <summary>"airpods" where the list abbreviates "AirP".</summary>
    private ReadWord? Beginning(string text) => _beginnings.Beginning(text) is { } known ? new(known, Repair.Typo, TwoTyposTrust) : null;

    private ReadWord? Typo(string word) =>
        _near.Nearest(word) is var (found, distance) ? new(_stems[found], Repair.Typo, distance == 1 ? TypoTrust : TwoTyposTrust) : null;

    private void AddKeys(string word)
    {
        if (Scripts.AnyLatin(word))
        {
            if (word.Length >= ShortestSound) Add(_bySound, Sound.Key(word), word);
            return;
        }

        _byTransliteration.TryAdd(Transliteration.Key(word), word);
        if (word.Length >= ShortestSound && _words.ContainsKey(word)) Add(_byRoot, Roots.Of(word), word);
    }

    private static void Add(Dictionary<string, List<string>> groups, string key, string word)
    {
        if (!groups.TryGetValue(key, out var words)) groups[key] = words = [];
        if (!words.Contains(word)) words.Add(word);
    }
}

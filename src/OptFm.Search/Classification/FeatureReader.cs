using OptFm.Search.Text;
using OptFm.Search.Text.English;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Classification;

/// <summary>
/// Reads the features of a text as 32-bit codes: the group in the top bits, a hash below. Two features of a group share a code once in
/// 2^29 pairs, which costs a linear model nothing (Weinberger et al., Feature Hashing, 2009, https://arxiv.org/abs/0902.2206).
/// </summary>
/// <param name="groups">Those that weigh nothing are not read.</param>
internal sealed class FeatureReader(GroupWeights groups)
{
    private const int HashBits = 29;

    /// <summary>How many words apart companions may be.</summary>
    private const int Reach = 10;

    private readonly Queue<uint> _recent = new(Reach);
    private uint[] _codes = new uint[512];
    private int _count;

    public static FeatureGroup Group(uint code) => (FeatureGroup)(code >> HashBits);

    /// <summary>Words as features see them. An apostrophe joins: "don't" is one word.</summary>
    public static List<string> Words(string text)
    {
        var words = Tokens.Split(Normalisation.Apply(text).Replace("'", "").Replace("’", ""));
        for (var i = 0; i < words.Count; i++) words[i] = LookAlikes.Apply(words[i]);
        return words;
    }

    /// <summary>The codes of all features, sorted, one for each occurrence; valid until the next call.</summary>
    public ReadOnlySpan<uint> Read(IReadOnlyList<string> words)
    {
        _count = 0;
        _recent.Clear();
        var previous = 0u;
        foreach (var word in words)
        {
            if (groups.Characters > 0) AddGrams(word);
            if (groups.Stems > 0 || groups.StemPairs > 0) previous = AddPair(FeatureGroup.Stems, Stem(word), FeatureGroup.StemPairs, previous);
            if (groups.Concepts > 0) AddConcepts(StemCode(word));
            if (groups.Companions > 0) AddCompanions(StemCode(word));
        }

        var codes = _codes.AsSpan(0, _count);
        codes.Sort();
        return codes;
    }

    private uint AddPair(FeatureGroup single, string word, FeatureGroup pair, uint previous)
    {
        var number = Add(single, Hash(word));
        Add(pair, Join(previous, number));
        return number;
    }

    private void AddConcepts(uint stem)
    {
        foreach (var concept in Concepts.Ours.Of(stem)) Add(FeatureGroup.Concepts, Join(Start, concept));
    }

    /// <summary>Pairs with the stems before, in either order.</summary>
    private void AddCompanions(uint stem)
    {
        foreach (var other in _recent)
            if (other != stem) Add(FeatureGroup.Companions, Join(Math.Min(other, stem), Math.Max(other, stem)));
        if (_recent.Count == Reach) _recent.Dequeue();
        _recent.Enqueue(stem);
    }

    private static string Stem(string word) => Scripts.IsCyrillic(word[0]) ? RussianStemmer.Stem(word) : EnglishStemmer.Stem(word);

    private void AddGrams(string word)
    {
        for (var start = -1; start < word.Length; start++)
        {
            var hash = Start;
            for (var length = 1; length <= groups.LongestGram && start + length <= word.Length + 1; length++)
            {
                var at = start + length - 1;
                hash = Join(hash, at < 0 || at == word.Length ? ' ' : word[at]);
                if (length >= groups.ShortestGram) Add(FeatureGroup.Characters, hash);
            }
        }
    }

    /// <summary>The code of a word's stem as a feature.</summary>
    public static uint StemCode(string word) => Code(FeatureGroup.Stems, Hash(Stem(word)));

    private static uint Code(FeatureGroup group, uint hash) => ((uint)group << HashBits) | (Mix(hash) >> (32 - HashBits));

    private uint Add(FeatureGroup group, uint hash)
    {
        if (_count == _codes.Length) Array.Resize(ref _codes, _count * 2);
        var code = Code(group, hash);
        _codes[_count++] = code;
        return code;
    }

    private const uint Start = 2166136261;

    private static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = Start;
        foreach (var c in text) hash = Join(hash, c);
        return hash;
    }

    /// <summary>FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/.</summary>
    private static uint Join(uint hash, uint next) => (hash ^ next) * 16777619;

    /// <summary>The finaliser of MurmurHash3, as FNV leaves the high bits poor: https://github.com/aappleby/smhasher.</summary>
    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}

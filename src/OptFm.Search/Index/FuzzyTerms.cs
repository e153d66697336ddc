using System.Numerics;
using OptFm.Search.Text;

namespace OptFm.Search.Index;

/// <summary>
/// Finds known words near a misspelt one. Words lie in buckets by their first letter, each with a signature of the letters it has: words k
/// edits apart differ in at most 2k letters of it, so that few are compared letter by letter. Signature hashing after Boytsov, Indexing
/// Methods for Approximate Dictionary Searching, 2011, https://doi.org/10.1145/1963190.1963191: as fast here as tables of deletes, built at once.
/// </summary>
public sealed class FuzzyTerms
{
    private const int ShortestWord = 5;
    private const int ShortestForTwo = 9;
    private const int LongestWord = 24;
    private const int Buckets = 64;
    private const string FirstVowels = "аоеиэ";
    private readonly string[] _words;
    private readonly uint[] _signatures;
    private readonly int[] _starts = new int[Buckets + 1];

    /// <param name="words">The more frequent ones first.</param>
    public FuzzyTerms(IEnumerable<string> words)
    {
        string[] kept = [.. words.Where(word => word.Length is >= ShortestWord - 1 and <= LongestWord)];
        foreach (var word in kept) _starts[Bucket(word[0]) + 1]++;
        for (var bucket = 0; bucket < Buckets; bucket++) _starts[bucket + 1] += _starts[bucket];
        _words = new string[kept.Length];
        _signatures = new uint[kept.Length];
        var next = _starts.AsSpan(0, Buckets).ToArray();
        foreach (var word in kept)
        {
            var place = next[Bucket(word[0])]++;
            _words[place] = word;
            _signatures[place] = Signature(word);
        }
    }

    /// <summary>Edits a word of this length may have: none below 5 letters, one below 9, two from there.</summary>
    public static int Edits(int length) => length < ShortestWord ? 0 : length < ShortestForTwo ? 1 : 2;

    /// <returns>The nearest known word and its distance, or null, as for any word with a digit: codes are not misspelt words.
    /// Of several, the likeliest slip (<see cref="Slips"/>); of those still, the first given.</returns>
    public (string Word, int Distance)? Nearest(string word)
    {
        var edits = Edits(word.Length);
        if (edits == 0 || word.Length > LongestWord || Scripts.AnyDigit(word)) return null;
        (string Word, int Distance)? best = null;
        Search(word, word[0], edits, ref best);
        if (Bucket(word[1]) != Bucket(word[0])) Search(word, word[1], 1, ref best);
        foreach (var vowel in FirstVowels)
            if (vowel != word[0] && Slips.SoundAlike(vowel, word[0])) Search(word, vowel, edits, ref best);
        return best;
    }

    private void Search(string word, char first, int edits, ref (string Word, int Distance)? best)
    {
        var bucket = Bucket(first);
        var signature = Signature(word);
        for (var i = _starts[bucket]; i < _starts[bucket + 1]; i++)
        {
            if (BitOperations.PopCount(signature ^ _signatures[i]) > 2 * edits) continue;
            if (IsBetter(word, _words[i], edits, best, out var distance)) best = (_words[i], distance);
        }
    }

    private static bool IsBetter(string word, string candidate, int edits, (string Word, int Distance)? best, out int distance)
    {
        distance = EditDistance.Between(word, candidate, edits);
        if (distance > edits || !MayBegin(word, candidate, distance) || IsAnother(word, candidate)) return false;
        if (best is not { } known || distance < known.Distance) return true;
        return distance == known.Distance && Slips.Cost(word, candidate) < Slips.Cost(word, known.Word);
    }

    /// <summary>
    /// Short words one letter apart are mostly words of their own (закат, заказ), unless the letters sound alike or their keys touch.
    /// </summary>
    private static bool IsAnother(string word, string candidate) =>
        word.Length < ShortestForTwo && word.Length == candidate.Length && word != candidate && !Slips.IsLikely(word, candidate);

    /// <summary>People seldom mistype the first letter, but swap the first two, and write о for а where it is not stressed.</summary>
    private static bool MayBegin(string word, string candidate, int distance)
    {
        if (word[0] == candidate[0]) return true;
        if (distance == 1 && word[0] == candidate[1] && word[1] == candidate[0]) return true;
        return word[1] == candidate[1] && FirstVowels.Contains(word[0]) && Slips.SoundAlike(word[0], candidate[0]);
    }

    private static int Bucket(char first) => first % Buckets;

    private static uint Signature(string word)
    {
        uint letters = 0;
        foreach (var c in word) letters |= 1u << (c & 31);
        return letters;
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using OptFm.Search.Index;

namespace OptFm.Search.Products;

/// <summary>
/// Finds the known word nearest to a misspelt one: words lie by length and by each of their first two letters, since typos seldom change
/// the first but swap it, and each has a signature of its letters, k edits apart differing in at most 2k of them (signature hashing after
/// Boytsov, Indexing Methods for Approximate Dictionary Searching, 2011, https://doi.org/10.1145/1963190.1963191).
/// </summary>
internal sealed class NearWords
{
    /// <summary>In so long a word letters that only moved are a slip, however far.</summary>
    private const int ShortestJumbled = 7;
    private readonly Dictionary<(char Letter, int Length), List<Known>> _buckets = [];

    /// <param name="words">With how often each occurs: of two equally near, the frequent one wins.</param>
    public NearWords(IEnumerable<(string Word, int Count)> words)
    {
        var rank = 0;
        foreach (var (word, _) in words.Where(word => word.Word.Length is > 2 and < 25).OrderByDescending(word => word.Count))
        {
            var known = new Known(word, Letters(word), rank++);
            Add(word[0], known);
            if (word[1] != word[0]) Add(word[1], known);
        }
    }

    public (string Word, int Distance)? Nearest(string word)
    {
        var edits = FuzzyTerms.Edits(word.Length);
        if (edits == 0) return null;
        return Nearest(word, edits, sameLetters: false) ?? (edits == 1 && word.Length >= ShortestJumbled ? Nearest(word, 2, sameLetters: true) : null);
    }

    /// <param name="sameLetters">Whether letters only moved: "наушикни".</param>
    private (string Word, int Distance)? Nearest(string word, int edits, bool sameLetters)
    {
        Known? best = null;
        var least = edits + 1;
        if (sameLetters)
        {
            if (_buckets.TryGetValue((word[0], word.Length), out var same)) Search(word, edits, same, 0, ref best, ref least);
            return best is { } jumbled ? (jumbled.Word, least) : null;
        }

        for (var length = word.Length - edits; length <= word.Length + edits; length++)
            if (_buckets.TryGetValue((word[0], length), out var bucket)) Search(word, edits, bucket, 2 * edits, ref best, ref least);
        return best is { } found ? (found.Word, least) : null;
    }

    private static void Search(string word, int edits, List<Known> bucket, int others, ref Known? best, ref int least)
    {
        var letters = Letters(word);
        foreach (ref readonly var known in CollectionsMarshal.AsSpan(bucket))
        {
            if (BitOperations.PopCount(letters ^ known.Letters) > others) continue;
            var distance = EditDistance.Between(word, known.Word, edits);
            if (distance > least || (distance == least && known.Rank >= (best?.Rank ?? 0))) continue;
            (best, least) = (known, distance);
        }
    }

    private void Add(char letter, Known known)
    {
        ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, (letter, known.Word.Length), out _);
        (bucket ??= []).Add(known);
    }

    private static uint Letters(string word)
    {
        uint letters = 0;
        foreach (var c in word) letters |= 1u << (c & 31);
        return letters;
    }

    /// <param name="Rank">From 0, the most frequent first.</param>
    private readonly record struct Known(string Word, uint Letters, int Rank);
}

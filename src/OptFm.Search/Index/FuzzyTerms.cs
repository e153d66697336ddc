namespace OptFm.Search.Index;

/// <summary>
/// Finds known words near a misspelt one by symmetric deletes (Wolf Garbe's SymSpell, https://github.com/wolfgarbe/SymSpell):
/// each known word is stored under itself with up to two letters left out, and so is the query, so no word is compared in vain.
/// </summary>
public sealed class FuzzyTerms
{
    private const int ShortestWord = 5;
    private const int ShortestForTwo = 9;
    private readonly Dictionary<string, List<string>> _byDelete = [];

    public FuzzyTerms(IEnumerable<string> words)
    {
        foreach (var word in words.Distinct())
            if (word.Length >= ShortestWord - 1 && word.Length <= 24) Add(word);
    }

    /// <summary>Edits a word of this length may have: none below 5 letters, one below 9, two from there.</summary>
    public static int Edits(int length) => length < ShortestWord ? 0 : length < ShortestForTwo ? 1 : 2;

    /// <returns>The nearest known word and its distance, or null. Ties go to the same first letter, then to the first in order.</returns>
    public (string Word, int Distance)? Nearest(string word)
    {
        var edits = Edits(word.Length);
        if (edits == 0 || word.Length > 24) return null;
        (string Word, int Distance)? best = null;
        foreach (var delete in Deletes(word, edits))
        {
            if (!_byDelete.TryGetValue(delete, out var candidates)) continue;
            foreach (var candidate in candidates)
                if (IsBetter(word, candidate, edits, best, out var distance)) best = (candidate, distance);
        }

        return best;
    }

    private static bool IsBetter(string word, string candidate, int edits, (string Word, int Distance)? best, out int distance)
    {
        distance = EditDistance.Between(word, candidate, edits);
        if (distance > edits) return false;
        if (word[0] != candidate[0] && (distance > 1 || !IsSwapped(word, candidate))) return false;
        if (best is not { } known || distance < known.Distance) return true;
        if (distance > known.Distance) return false;
        var sameFirst = (word[0] == candidate[0]).CompareTo(word[0] == known.Word[0]);
        return sameFirst > 0 || (sameFirst == 0 && string.CompareOrdinal(candidate, known.Word) < 0);
    }

    /// <summary>People seldom mistype the first letter, but swap the first two.</summary>
    private static bool IsSwapped(string word, string candidate) =>
        candidate.Length > 1 && word[0] == candidate[1] && word[1] == candidate[0];

    private void Add(string word)
    {
        foreach (var delete in Deletes(word, Edits(word.Length + 1)))
        {
            if (!_byDelete.TryGetValue(delete, out var words)) _byDelete[delete] = words = [];
            if (!words.Contains(word)) words.Add(word);
        }
    }

    private static HashSet<string> Deletes(string word, int edits)
    {
        var deletes = new HashSet<string> { word };
        if (edits > 0) AddDeletes(word, edits, deletes);
        return deletes;
    }

    private static void AddDeletes(string word, int edits, HashSet<string> deletes)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var shorter = word.Remove(i, 1);
            if (deletes.Add(shorter) && edits > 1) AddDeletes(shorter, edits - 1, deletes);
        }
    }
}

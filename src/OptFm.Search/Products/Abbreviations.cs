namespace OptFm.Search.Products;

/// <summary>A word that a name cuts short with a full stop.</summary>
internal readonly record struct Abbreviated(int Product, string Stem, Zone Zone);

/// <summary>Completes abbreviations of names: "фиол." also stands under the most frequent word that begins so.</summary>
internal static class Abbreviations
{
    private const int Shortest = 3;

    /// <param name="postings">By term, product shifted left by 8 with its zones; sorted before and after.</param>
    /// <returns>The whole word's term by stem cut short.</returns>
    public static Dictionary<string, int> Expand(List<Abbreviated> abbreviated, List<(string Word, TokenKind Kind)> words, Dictionary<string, int> terms, List<List<int>> postings)
    {
        var expanded = new Dictionary<string, int>();
        foreach (var group in abbreviated.Where(found => found.Stem.Length >= Shortest).GroupBy(found => found.Stem))
        {
            var full = Longest(group.Key, words, terms, postings);
            if (full < 0) continue;
            expanded[group.Key] = full;
            Include(group, postings[full]);
        }

        return expanded;
    }

    private static void Include(IEnumerable<Abbreviated> abbreviated, List<int> postings)
    {
        var known = postings.Select(posting => posting >> 8).ToHashSet();
        foreach (var (product, _, zone) in abbreviated)
            if (known.Add(product)) postings.Add((product << 8) | (int)zone);
        postings.Sort();
    }

    private static int Longest(string stem, List<(string Word, TokenKind Kind)> words, Dictionary<string, int> terms, List<List<int>> postings)
    {
        var (best, count) = (-1, 0);
        foreach (var (word, kind) in words)
        {
            if (kind != TokenKind.Word || word.Length <= stem.Length || !word.StartsWith(stem, StringComparison.Ordinal)) continue;
            var term = terms[word];
            if (postings[term].Count > count) (best, count) = (term, postings[term].Count);
        }

        return best;
    }
}

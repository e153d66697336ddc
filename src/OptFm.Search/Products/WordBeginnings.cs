namespace OptFm.Search.Products;

/// <summary>Words of a list by how they begin: "науш" for "наушник". Sorted, so that a beginning is a range.</summary>
internal sealed class WordBeginnings
{
    /// <summary>A word of the list that a longer one may begin with is at least so long.</summary>
    private const int ShortestBeginning = 4;
    private readonly string[] _sorted;
    private readonly Dictionary<string, int> _counts;

    /// <param name="counts">How many products have each word.</param>
    public WordBeginnings(Dictionary<string, int> counts)
    {
        _counts = counts;
        _sorted = [.. counts.Keys];
        Array.Sort(_sorted, StringComparer.Ordinal);
    }

    /// <returns>The most frequent longer word that begins so; of several the first by letter; or null.</returns>
    public string? Completed(string beginning)
    {
        string? best = null;
        var at = Array.BinarySearch(_sorted, beginning, StringComparer.Ordinal);
        for (var i = at < 0 ? ~at : at + 1; i < _sorted.Length && _sorted[i].StartsWith(beginning, StringComparison.Ordinal); i++)
            if (best is null || _counts[_sorted[i]] > _counts[best]) best = _sorted[i];
        return best;
    }

    /// <returns>The most frequent word that the text begins with: "airp" for "airpods" where the list cuts it short; or null.</returns>
    public string? Beginning(string text)
    {
        string? best = null;
        for (var length = ShortestBeginning; length < text.Length; length++)
            if (_counts.TryGetValue(text[..length], out var count) && (best is null || count > _counts[best])) best = text[..length];
        return best;
    }
}

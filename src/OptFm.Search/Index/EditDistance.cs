namespace OptFm.Search.Index;

/// <summary>
/// Damerau-Levenshtein distance in its optimal string alignment form: insert, delete, replace, swap neighbours, each costs 1.
/// https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
/// </summary>
public static class EditDistance
{
    private const int MaxLength = 64;

    /// <returns>The distance, or <paramref name="limit"/> + 1 when it is larger or a text is longer than 64.</returns>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > MaxLength || b.Length > MaxLength) return limit + 1;
        Span<int> beforeLast = stackalloc int[MaxLength + 1];
        Span<int> last = stackalloc int[MaxLength + 1];
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            FillRow(a, b, i, beforeLast, last, row);
            var spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }

        return Math.Min(last[b.Length], limit + 1);
    }

    private static void FillRow(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int i, Span<int> beforeLast, Span<int> last, Span<int> row)
    {
        row[0] = i;
        for (var j = 1; j <= b.Length; j++)
        {
            var replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
        }
    }
}

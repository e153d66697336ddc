namespace OptFm.Search.Index;

/// <summary>
/// Damerau-Levenshtein distance in its optimal string alignment form: insert, delete, replace, swap neighbours, each costs 1.
/// https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
/// Only cells near the diagonal are filled (Ukkonen, Algorithms for Approximate String Matching, 1985).
/// </summary>
public static class EditDistance
{
    private const int MaxLength = 64;

    /// <returns>The distance, or <paramref name="limit"/> + 1 when it is larger or a text is longer than 64.</returns>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > MaxLength || b.Length > MaxLength) return limit + 1;
        Span<int> rows = stackalloc int[3 * (b.Length + 1)];
        var beforeLast = rows[..(b.Length + 1)];
        var last = rows.Slice(b.Length + 1, b.Length + 1);
        var row = rows[(2 * (b.Length + 1))..];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            if (FillRow(a, b, i, limit, beforeLast, last, row) > limit) return limit + 1;
            var spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }

        return Math.Min(last[b.Length], limit + 1);
    }

    /// <returns>The lowest cell of the row.</returns>
    private static int FillRow(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int i, int limit, Span<int> beforeLast, Span<int> last, Span<int> row)
    {
        var first = Math.Max(1, i - limit);
        var end = Math.Min(b.Length, i + limit);
        row[first - 1] = first == 1 ? i : limit + 1;
        var lowest = row[first - 1];
        for (var j = first; j <= end; j++)
        {
            var replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            lowest = Math.Min(lowest, row[j]);
        }

        if (end < b.Length) row[end + 1] = limit + 1;
        return lowest;
    }
}

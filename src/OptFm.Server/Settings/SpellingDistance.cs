namespace OptFm.Server.Settings;

/// <summary>How many slips of the keyboard lie between two names.</summary>
internal static class SpellingDistance
{
    private const int Longest = 64;

    /// <summary>Damerau–Levenshtein distance (optimal string alignment), letter case ignored.</summary>
    /// <returns><see cref="int.MaxValue"/> for names over 64 letters: they are no setting's.</returns>
    public static int Between(string a, string b)
    {
        if (a.Length > Longest || b.Length > Longest) return int.MaxValue;

        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++) distance[i, j] = Cell(distance, a, b, i, j);
        }

        return distance[a.Length, b.Length];
    }

    private static int Cell(int[,] distance, string a, string b, int i, int j)
    {
        var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
        var least = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + change);
        var swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
        return swapped ? Math.Min(least, distance[i - 2, j - 2] + 1) : least;
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}

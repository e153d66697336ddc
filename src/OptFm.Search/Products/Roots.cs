namespace OptFm.Search.Products;

/// <summary>
/// What related words share beyond forms of one word: "зарядка", "зарядник" and "зарядное" are all заряд. Cuts one derivational suffix
/// off a stem; the root is only compared with other roots, so it need not be a word.
/// </summary>
internal static class Roots
{
    private const int ShortestRoot = 4;
    private static readonly string[] Suffixes =
        ["тельн", "очник", "льник", "ирован", "ическ", "альн", "очк", "ечк", "ник", "чик", "щик", "ист", "иров", "ов", "ев", "ян", "ск", "ик", "ек", "ок", "к", "н", "ц"];

    public static string Of(string stem)
    {
        foreach (var suffix in Suffixes)
            if (stem.Length - suffix.Length >= ShortestRoot && stem.EndsWith(suffix, StringComparison.Ordinal)) return stem[..^suffix.Length];
        return stem;
    }
}

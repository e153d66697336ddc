namespace OptFm.Search.Text.English;

/// <summary>The suffixes of steps 1b to 4. Of those that fit the longest counts, so each list is sorted longest first.</summary>
internal static class Suffixes
{
    private static readonly string[] Tense = ["ingly", "edly", "ing", "ed"];

    private static readonly (string Suffix, string By)[] Double = Sorted(
        "tional tion, enci ence, anci ance, abli able, entli ent, izer ize, ization ize, ational ate, ation ate, ator ate, alism al, "
        + "aliti al, alli al, fulness ful, ousli ous, ousness ous, iveness ive, iviti ive, biliti ble, bli ble, ogi og, fulli ful, lessli less, li");

    private static readonly (string Suffix, string By)[] Single = Sorted(
        "tional tion, ational ate, alize al, icate ic, iciti ic, ical ic, ful, ness, ative");

    private static readonly (string Suffix, string By)[] Last = Sorted(
        "al, ance, ence, er, ic, able, ible, ant, ement, ment, ent, ism, ate, iti, ous, ive, ize, ion");

    public static int TenseLength(StemBuffer word) => Tense.FirstOrDefault(word.EndsWith)?.Length ?? 0;

    /// <summary>Step 2.</summary>
    public static void ReplaceDouble(StemBuffer word)
    {
        if (Find(word, Double) is not var (suffix, by) || !word.InR1(suffix.Length)) return;
        if (suffix == "ogi" && !word.EndsWith("logi")) return;
        if (suffix == "li" && word[^3] is not ('c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't')) return;
        word.Replace(suffix.Length, by);
    }

    /// <summary>Step 3.</summary>
    public static void ReplaceSingle(StemBuffer word)
    {
        if (Find(word, Single) is not var (suffix, by) || !word.InR1(suffix.Length)) return;
        if (suffix == "ative" && !word.InR2(suffix.Length)) return;
        word.Replace(suffix.Length, by);
    }

    /// <summary>Step 4.</summary>
    public static void CutLast(StemBuffer word)
    {
        if (Find(word, Last) is not var (suffix, _) || !word.InR2(suffix.Length)) return;
        if (suffix == "ion" && !word.EndsWith("sion") && !word.EndsWith("tion")) return;
        word.Cut(suffix.Length);
    }

    private static (string Suffix, string By)? Find(StemBuffer word, (string Suffix, string By)[] suffixes)
    {
        foreach (var pair in suffixes)
            if (word.EndsWith(pair.Suffix)) return pair;
        return null;
    }

    private static (string Suffix, string By)[] Sorted(string pairs) =>
        [.. pairs.Split(", ").Select(pair => pair.Split(' ')).Select(pair => (pair[0], pair.Length > 1 ? pair[1] : "")).OrderByDescending(pair => pair.Item1.Length)];
}

namespace OptFm.Search.Text;

/// <summary>
/// Words that mix Cyrillic and Latin letters of the same shape ("cиликон" with a Latin c) become one script.
/// Shapes after Unicode's confusables, https://www.unicode.org/Public/security/latest/confusables.txt.
/// </summary>
public static class LookAlikes
{
    private const string Latin = "aceopxykmthb";
    private const string Cyrillic = "асеорхукмтнв";

    /// <returns>The word in Cyrillic where every Latin letter has a twin, else in Latin where every Cyrillic one has; else unchanged.</returns>
    public static string Apply(string word)
    {
        if (!IsMixed(word)) return word;
        return Turn(word, Latin, Cyrillic, Scripts.IsLatin) ?? Turn(word, Cyrillic, Latin, Scripts.IsCyrillic) ?? word;
    }

    private static string? Turn(string word, string from, string to, Func<char, bool> isForeign)
    {
        var turned = word.ToCharArray();
        for (var i = 0; i < turned.Length; i++)
        {
            if (!isForeign(turned[i])) continue;
            var twin = from.IndexOf(turned[i]);
            if (twin < 0) return null;
            turned[i] = to[twin];
        }

        return new string(turned);
    }

    private static bool IsMixed(string word)
    {
        bool latin = false, cyrillic = false;
        foreach (var c in word)
        {
            latin |= Scripts.IsLatin(c);
            cyrillic |= Scripts.IsCyrillic(c);
        }

        return latin && cyrillic;
    }
}

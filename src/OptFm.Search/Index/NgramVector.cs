namespace OptFm.Search.Index;

/// <summary>Character n-grams within word boundaries, 3 and 4 letters long, each packed into 64 bits so that none collide.</summary>
internal static class NgramVector
{
    /// <summary>The distinct n-grams of the words and how often each occurs, in the order of their codes.</summary>
    public static List<(ulong Gram, int Count)> Of(IReadOnlyList<string> words)
    {
        var codes = new List<ulong>(words.Count * 16);
        foreach (var word in words) Append(word, codes);
        codes.Sort();
        var grams = new List<(ulong Gram, int Count)>(codes.Count);
        foreach (var code in codes)
        {
            if (grams.Count > 0 && grams[^1].Gram == code) grams[^1] = (code, grams[^1].Count + 1);
            else grams.Add((code, 1));
        }

        return grams;
    }

    private static void Append(string word, List<ulong> codes)
    {
        ulong window = ' ';
        for (var i = 0; i <= word.Length; i++)
        {
            window = (window << 16) | (i < word.Length ? word[i] : ' ');
            if (i >= 1) codes.Add(window & 0xFFFF_FFFF_FFFF);
            if (i >= 2) codes.Add(window);
        }
    }
}

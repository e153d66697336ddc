namespace OptFm.Search.Text;

/// <summary>
/// Letters held for emphasis: "скооолько", "приветтт". Next to no Russian or English word has one letter three times in a row, so three are a cry.
/// </summary>
public static class Elongation
{
    private const int Held = 3;

    public static bool IsIn(ReadOnlySpan<char> word)
    {
        for (var i = Held - 1; i < word.Length; i++)
            if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
        return false;
    }

    /// <returns>The word with so many letters left, 1 or 2, of each that is held.</returns>
    public static string Shorten(string word, int left)
    {
        var kept = new char[word.Length];
        var length = 0;
        for (var start = 0; start < word.Length;)
        {
            var end = start + 1;
            while (end < word.Length && word[end] == word[start]) end++;
            var count = end - start >= Held ? left : end - start;
            for (var i = 0; i < count; i++) kept[length++] = word[start];
            start = end;
        }

        return new string(kept, 0, length);
    }
}

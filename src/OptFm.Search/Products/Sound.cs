using System.Text;

namespace OptFm.Search.Products;

/// <summary>
/// One key for a Latin brand and the way Russians write it by ear: "borofone" and "борофон", "wellington" and "веллингтон".
/// Consonants by their sound, vowels dropped but for a leading one, doubled sounds joined; in the manner of Philips's Metaphone, 1990.
/// </summary>
internal static class Sound
{
    private static readonly (string Letters, string Sound)[] Rules =
    [
        ("tch", "C"), ("sch", "S"), ("ght", "t"), ("ph", "f"), ("sh", "S"), ("ch", "C"), ("ck", "k"), ("th", "t"), ("wh", "v"), ("kh", "h"), ("zh", "Z"),
        ("ce", "s"), ("ci", "s"), ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "v"), ("j", "Z"), ("y", ""), ("h", "h"),
        ("дж", "Z"), ("тч", "C"), ("кс", "ks"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("ж", "Z"), ("з", "z"), ("к", "k"), ("л", "l"), ("м", "m"),
        ("н", "n"), ("п", "p"), ("р", "r"), ("с", "s"), ("т", "t"), ("ф", "f"), ("х", "h"), ("ц", "s"), ("ч", "C"), ("ш", "S"), ("щ", "S"),
    ];

    public static string Key(string word)
    {
        if (word.StartsWith("икс", StringComparison.Ordinal)) word = word[1..]; // The letter X by its name: "иксперия".
        var key = new StringBuilder(word.Length + 1);
        if ("aeiouаеиоуыэюя".Contains(word[0])) key.Append('_');
        for (var i = 0; i < word.Length;)
        {
            var (length, sound) = At(word, i);
            foreach (var c in sound)
                if (key.Length == 0 || key[^1] != c) key.Append(c);
            i += length;
        }

        return key.ToString();
    }

    private static (int Length, string Sound) At(string word, int start)
    {
        foreach (var (letters, sound) in Rules)
            if (string.CompareOrdinal(word, start, letters, 0, letters.Length) == 0) return (letters.Length, sound);
        var c = word[start];
        return (1, "aeiouаеиоуыэюяйьъ".Contains(c) ? "" : c.ToString());
    }
}

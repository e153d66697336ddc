using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Model numbers typed with Cyrillic letters: by shape ("А51" with a Cyrillic А, "9С" for 9C),
/// by sound ("с24" for S24, "12ц" for 12C) and by key ("ь3" for M3).
/// </summary>
internal static class Folding
{
    private const int MostVariants = 8;
    private const string Cyrillic = "абвгдежзийклмнопрстуфхцэьышщчя";

    /// <summary>For each letter of <see cref="Cyrillic"/>, by shape first, then by sound; where it has neither, by key.</summary>
    private static readonly string[] Latin =
    [
        "a", "b", "bv", "g", "d", "e", "j", "z", "i", "iy", "k", "l", "m", "hn", "o", "p", "pr", "cs", "t", "yu", "f", "xh", "c", "e",
        "m", "s", "i", "o", "x", "z",
    ];

    /// <summary>Every reading in Latin letters, at most 8; the text itself where a letter has none.</summary>
    public static List<string> Variants(string text)
    {
        if (!Scripts.AnyCyrillic(text)) return [text];
        var variants = new List<string> { "" };
        foreach (var c in text)
        {
            var options = Options(c);
            if (options.Length == 0) return [text];
            variants = [.. variants.SelectMany(start => options.Select(option => start + option)).Take(MostVariants)];
        }

        return variants;
    }

    /// <summary>The reading by shape.</summary>
    public static string Plain(string text) => Variants(text)[0];

    /// <summary>The readings that are known; where nothing is to be asked, the reading by shape.</summary>
    public static List<string> Known(string text, Func<string, bool>? knows) => knows is null ? [Plain(text)] : [.. Variants(text).Where(knows)];

    private static string Options(char c)
    {
        if (!Scripts.IsCyrillic(c)) return c.ToString();
        var index = Cyrillic.IndexOf(c);
        return index < 0 ? "" : Latin[index];
    }
}

namespace OptFm.Search.Text;

/// <summary>
/// Text typed with the other keyboard layout switched on: "ljcnfdrf" is "доставка", "ыфьыгтп" is "samsung".
/// Keys of the Russian (Windows, ЙЦУКЕН) and US QWERTY layouts, lower case, after folding ё.
/// </summary>
public static class KeyboardLayout
{
    private const string Latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~";
    private const string Cyrillic = "йцукенгшщзхъфывапролджэячсмитьбюехъжэбюе";

    public static string ToCyrillic(string text) => Map(text, Latin, Cyrillic);

    public static string ToLatin(string text) => Map(text, Cyrillic, Latin);

    /// <summary>Whether a key of the US layout is a letter of the Russian one, as the comma is (б).</summary>
    public static bool IsCyrillicKey(char c) => Latin.Contains(c);

    private static string Map(string text, string from, string to) => string.Create(text.Length, (text, from, to), static (target, map) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            var key = map.from.IndexOf(map.text[i]);
            target[i] = key < 0 ? map.text[i] : map.to[key];
        }
    });
}

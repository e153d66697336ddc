namespace OptFm.Search.Text;

/// <summary>
/// Text typed with the other keyboard layout switched on: "ljcnfdrf" is "доставка", "ыфьыгтп" is "samsung".
/// Keys of the Russian (Windows, ЙЦУКЕН) and US QWERTY layouts, lower case, after folding ё.
/// </summary>
public static class KeyboardLayout
{
    private const string Latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~";
    private const string Cyrillic = "йцукенгшщзхъфывапролджэячсмитьбюехъжэбюе";

    /// <summary>Rows of letter keys; each lies half a key to the right of the one above.</summary>
    private static readonly string[] Rows = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    private const int RowsOfLayout = 3;

    public static string ToCyrillic(string text) => Map(text, Latin, Cyrillic);

    public static string ToLatin(string text) => Map(text, Cyrillic, Latin);

    /// <summary>Whether a key of the US layout is a letter of the Russian one, as the comma is (б).</summary>
    public static bool IsCyrillicKey(char c) => Latin.Contains(c);

    /// <summary>Whether the keys of two letters touch, in either layout.</summary>
    public static bool AreNeighbours(char a, char b)
    {
        if (Find(a) is not var (row, place) || Find(b) is not var (otherRow, otherPlace) || row / RowsOfLayout != otherRow / RowsOfLayout) return false;
        return (otherRow - row, otherPlace - place) is (0, -1 or 1) or (1, -1 or 0) or (-1, 0 or 1);
    }

    private static (int Row, int Place)? Find(char letter)
    {
        for (var row = 0; row < Rows.Length; row++)
        {
            var place = Rows[row].IndexOf(letter);
            if (place >= 0) return (row, place);
        }

        return null;
    }

    private static string Map(string text, string from, string to) => string.Create(text.Length, (text, from, to), static (target, map) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            var key = map.from.IndexOf(map.text[i]);
            target[i] = key < 0 ? map.text[i] : map.to[key];
        }
    });
}

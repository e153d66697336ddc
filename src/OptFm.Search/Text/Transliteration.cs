using System.Text;

namespace OptFm.Search.Text;

/// <summary>
/// Russian typed in Latin letters, "dostavka" for "доставка". The longest rule wins. The rules join GOST 7.79-2000 (ISO 9) system B
/// with what people type in chats: sh and w for ш, j and y for й, 4 for ч is left out because digits mean something here.
/// https://ru.wikipedia.org/wiki/Транслитерация_русского_алфавита_латиницей
/// </summary>
public static class Transliteration
{
    private static readonly (string Latin, string Cyrillic)[] Rules =
    [
        ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yo", "е"), ("jo", "е"),
        ("yu", "ю"), ("ju", "ю"), ("iu", "ю"), ("ya", "я"), ("ja", "я"), ("ia", "ия"), ("ye", "е"), ("je", "е"), ("iy", "ий"), ("yj", "ый"), ("yi", "ый"),
        ("ij", "ий"), ("ck", "к"), ("ph", "ф"), ("oo", "у"), ("ee", "и"),
        ("a", "а"), ("b", "б"), ("c", "ц"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "й"), ("k", "к"),
        ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"),
        ("w", "в"), ("x", "х"), ("y", "ы"), ("z", "з"), ("'", "ь"),
    ];

    public static string ToCyrillic(string word)
    {
        var result = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var (latin, cyrillic) = RuleAt(word, i);
            result.Append(cyrillic);
            i += latin;
        }

        return result.ToString();
    }

    /// <summary>
    /// A spelling that sounds alike share: one key for every way to write a Russian word in either alphabet, so that
    /// "dostavki", "dostavky" and "доставки" meet. Soft signs, doubled letters and the kinds of и and е are dropped.
    /// </summary>
    public static string Key(string word)
    {
        var cyrillic = Scripts.AnyLatin(word) ? ToCyrillic(word) : word;
        var key = new StringBuilder(cyrillic.Length);
        foreach (var c in cyrillic)
        {
            var sound = Sound(c);
            if (sound != '\0' && (key.Length == 0 || key[^1] != sound)) key.Append(sound);
        }

        return key.ToString();
    }

    private static (int Length, string Cyrillic) RuleAt(string word, int start)
    {
        foreach (var (latin, cyrillic) in Rules)
            if (string.CompareOrdinal(word, start, latin, 0, latin.Length) == 0) return (latin.Length, cyrillic);
        return (1, word[start].ToString());
    }

    private static char Sound(char c) => c switch
    {
        'ь' or 'ъ' => '\0',
        'й' or 'ы' => 'и',
        'э' => 'е',
        'щ' => 'ш',
        _ => c,
    };
}

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
        ("shch", "щ"), ("sch", "щ"), ("iya", "ия"), ("iyu", "ию"), ("iye", "ие"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yo", "е"), ("jo", "е"),
        ("yu", "ю"), ("ju", "ю"), ("iu", "ю"), ("ya", "я"), ("ja", "я"), ("ia", "ия"), ("ye", "е"), ("je", "е"), ("iy", "ий"), ("yj", "ый"), ("yi", "ый"),
        ("ij", "ий"), ("ck", "к"), ("ph", "ф"),
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
    /// A spelling that sounds alike share: one key for every way to write a Russian word in either alphabet or by ear, so that "dostavki",
    /// "dostavky" and "доставки" meet, and so do "считать", "schitat" and "щитать". Soft signs, doubled letters, the kinds of и and е, и before
    /// another vowel are dropped; тс is ц and сч is щ, as they are spoken.
    /// </summary>
    public static string Key(string word)
    {
        var cyrillic = Scripts.AnyLatin(word) ? ToCyrillic(word) : word;
        var key = new StringBuilder(cyrillic.Length);
        foreach (var c in cyrillic) Append(key, Sound(c));
        return key.ToString();
    }

    private static void Append(StringBuilder key, char sound)
    {
        if (sound == '\0') return;
        var last = key.Length == 0 ? '\0' : key[^1];
        var joined = (last, sound) switch
        {
            ('т', 'с' or 'ц') => 'ц',
            ('с', 'ч') => 'ш',
            ('и', 'а' or 'е' or 'о' or 'у' or 'ю' or 'я') => sound,
            _ => '\0',
        };
        if (joined != '\0') key.Length--;
        else if (last == 'ц' && sound == 'я') joined = 'а';
        else joined = sound;
        if (key.Length == 0 || key[^1] != joined) key.Append(joined);
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

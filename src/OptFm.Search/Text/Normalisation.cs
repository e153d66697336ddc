using System.Globalization;
using System.Text;

namespace OptFm.Search.Text;

/// <summary>
/// Folds what a reader takes for the same letter: case, ё and е, composed and combining forms, full-width Latin; drops what has no
/// sound: accents, zero-width and direction marks, emoji, lone surrogates. A line break ends a sentence. So texts that are equal in Unicode's
/// NFC stay equal. Written out because <c>string.Normalize</c> throws on lone surrogates and does nothing where globalisation is invariant.
/// </summary>
public static class Normalisation
{
    /// <summary>Characters read of one text; the rest of a longer one is ignored, so that work is bounded.</summary>
    public const int MaxLength = 4096;

    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿѐѓїќѝў";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyyегікиу";

    public static string Apply(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        var folded = new StringBuilder(length);
        for (var i = 0; i < length; i++) Append(folded, text[i]);
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char c)
    {
        if (c == '\u0306' && EndsWith(folded, 'и')) folded[^1] = 'й';
        else if (c == '\n') folded.Append(" . ");
        else if (char.IsSurrogate(c)) folded.Append(' ');
        else if (!IsSilent(c)) folded.Append(Fold(c));
    }

    /// <summary>Cyrillic by hand: the framework asks ICU for each letter beyond ASCII.</summary>
    private static char Fold(char c)
    {
        if (c is >= 'а' and <= 'я') return c;
        if (c is >= 'А' and <= 'Я') return (char)(c + ('а' - 'А'));
        if (c is >= '\uFF01' and <= '\uFF5E') c = (char)(c - 0xFEE0);
        if (char.IsControl(c) || char.IsWhiteSpace(c)) return ' ';
        c = char.ToLowerInvariant(c);
        if (c == 'ё') return 'е';
        if (c is (>= 'à' and <= 'ÿ') or (>= 'ѐ' and <= 'ў') && Accented.IndexOf(c) is >= 0 and var letter) return Plain[letter];
        return c;
    }

    private static bool IsSilent(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static bool EndsWith(StringBuilder text, char c) => text.Length > 0 && text[^1] == c;
}

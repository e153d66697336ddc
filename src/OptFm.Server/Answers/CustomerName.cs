using System.Globalization;
using System.Text;

namespace OptFm.Server.Answers;

/// <summary>Decides by what name, if any, a customer can be addressed. Messengers let people call themselves anything.</summary>
public static class CustomerName
{
    private const int Longest = 40;

    /// <returns>The name without ornaments, or null where it would look odd in a sentence.</returns>
    public static string? Clean(string? name)
    {
        if (name is null || name.Length > Longest * 2) return null;

        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsOrnament(rune)) continue;
            if (!IsOfName(rune)) return null;
            kept.Append(Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        }

        var text = kept.ToString().Trim(' ', '-', '\'', '’');
        return IsSpeakable(text) ? text : null;
    }

    private static bool IsSpeakable(string text) =>
        text.Length is > 0 and <= Longest && Rune.IsLetter(text.EnumerateRunes().First()) && text.Count(IsMark) * 2 <= text.Length;

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsOfName(Rune rune) =>
        Rune.IsLetter(rune) || rune.Value is ' ' or '-' or '\'' or '’' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Emoji, their joiners and skin tones.</summary>
    private static bool IsOrnament(Rune rune) =>
        rune.Value is 0xFE0F or 0x200D || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}

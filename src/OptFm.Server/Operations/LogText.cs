using System.Globalization;
using System.Text;

namespace OptFm.Server.Operations;

/// <summary>Text that stays on its line, whoever wrote it.</summary>
internal static class LogText
{
    /// <summary>Longest text of one log line, in UTF-16 units; the rest is cut.</summary>
    public const int Longest = 16 * 1024;

    /// <summary>Makes line breaks, control characters and characters that reorder a line visible, and cuts what is too long.</summary>
    public static string OneLine(string text, int longest = Longest)
    {
        var cut = text.Length > longest;
        if (cut) text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        if (text.Any(IsUnsafe)) text = Escape(text);
        return cut ? text + "…" : text;
    }

    private static string Escape(string text)
    {
        var line = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (!IsUnsafe(c)) line.Append(c);
            else if (c == '\n') line.Append("\\n");
            else if (c == '\r') line.Append("\\r");
            else if (c == '\t') line.Append("\\t");
            else line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return line.ToString();
    }

    // U+2028 and U+2029 break lines; U+202A–202E and U+2066–2069 turn a line around (https://trojansource.codes).
    private static bool IsUnsafe(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>A run of letters or a number within a product's name or a query.</summary>
/// <param name="Text">Normalised; a number may have a decimal point.</param>
/// <param name="Before">What stands before it: '\0' where it is glued to the atom before, ' ' for spaces, else the strongest separator.</param>
/// <param name="Dotted">Whether a full stop follows, as after an abbreviation.</param>
/// <param name="IsInches">Whether a quotation mark follows at once.</param>
internal readonly record struct Atom(string Text, char Before, bool Dotted, bool IsInches = false)
{
    /// <summary>Separators between the models, sizes and remarks of a name.</summary>
    private const string Breaks = "/,+()[]\";|";
    private const string Closing = ")]\"";

    public bool IsNumber => char.IsAsciiDigit(Text[0]);

    public bool IsGlued => Before == '\0';

    public bool StartsSegment => Breaks.Contains(Before);

    /// <summary>Cuts normalised text where letters and digits meet; "2,5D" is 2.5 and d. Bounded as <see cref="Tokens"/> is.</summary>
    public static List<Atom> Split(ReadOnlySpan<char> text)
    {
        var atoms = new List<Atom>();
        var before = '(';
        for (var i = 0; i < text.Length && atoms.Count < Tokens.MaxCount;)
        {
            var end = End(text, i);
            if (end == i)
            {
                before = Stronger(before, text[i++]);
                continue;
            }

            var dotted = end < text.Length && text[end] == '.';
            atoms.Add(new(text[i..Math.Min(end, i + Tokens.MaxLength)].ToString().Replace(',', '.'), before, dotted, end < text.Length && text[end] == '"'));
            before = '\0';
            i = end;
        }

        return atoms;
    }

    private static char Stronger(char before, char c)
    {
        if (Closing.Contains(before) && c is ('/' or ',' or '(')) return c; // The list goes on in 9.7" (2018).
        if (Breaks.Contains(before)) return before;
        if (Breaks.Contains(c)) return c;
        return c is '-' or '–' or '—' && before is '\0' ? '-' : before is '-' && c is not ' ' ? '-' : ' ';
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        if (!char.IsAsciiDigit(text[start]))
        {
            while (end < text.Length && char.IsLetter(text[end])) end++;
            return end;
        }

        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return IsDecimal(text, end) ? end + 2 : end;
    }

    /// <summary>One digit after a point or comma, so that the list 11,12 stays a list.</summary>
    private static bool IsDecimal(ReadOnlySpan<char> text, int point) =>
        point + 1 < text.Length && text[point] is '.' or ',' && char.IsAsciiDigit(text[point + 1])
        && (point + 2 >= text.Length || !char.IsAsciiDigit(text[point + 2]));
}

namespace OptFm.Search.Text;

/// <summary>
/// How likely one word is a slip for another, so that of known words equally near the likelier is meant. A swap, a letter doubled or
/// halved, a neighbouring key, and letters that sound alike cost half of any other edit. Weights as in a noisy channel
/// (Kernighan, Church, Gale: A Spelling Correction Program Based on a Noisy Channel Model, 1990), in the coarsest form that orders them.
/// </summary>
public static class Slips
{
    private const int Likely = 1;
    private const int Unlikely = 2;

    /// <summary>Unstressed vowels and consonants at the end of a word, as they are heard: https://ru.wikipedia.org/wiki/Редукция_гласных</summary>
    private static readonly string[] Alike = ["ао", "еи", "ея", "иы", "еэ", "бп", "вф", "гк", "дт", "жш", "зс", "шщ", "йи", "ьъ"];

    /// <returns>The least cost of turning one into the other, in half edits.</returns>
    public static int Cost(ReadOnlySpan<char> typed, ReadOnlySpan<char> known)
    {
        var width = known.Length + 1;
        var cells = new int[(typed.Length + 1) * width];
        for (var i = 0; i <= typed.Length; i++)
        {
            for (var j = 0; j <= known.Length; j++)
                cells[(i * width) + j] = Cell(typed[..i], known[..j], cells, width);
        }

        return cells[^1];
    }

    /// <summary>Whether one slip of the likely kinds is all there is between them.</summary>
    public static bool IsLikely(ReadOnlySpan<char> typed, ReadOnlySpan<char> known) => Cost(typed, known) <= Likely;

    public static bool SoundAlike(char a, char b)
    {
        foreach (var pair in Alike)
            if ((pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a)) return true;
        return false;
    }

    private static int Cell(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int[] cells, int width)
    {
        if (a.IsEmpty && b.IsEmpty) return 0;
        var at = (a.Length * width) + b.Length;
        var least = int.MaxValue;
        if (!a.IsEmpty) least = cells[at - width] + Single(a);
        if (!b.IsEmpty) least = Math.Min(least, cells[at - 1] + Single(b));
        if (!a.IsEmpty && !b.IsEmpty) least = Math.Min(least, cells[at - width - 1] + Replaced(a[^1], b[^1]));
        if (a.Length > 1 && b.Length > 1 && a[^1] == b[^2] && a[^2] == b[^1]) least = Math.Min(least, cells[at - (2 * width) - 2] + Likely);
        return least;
    }

    /// <summary>A letter one of the words lacks.</summary>
    private static int Single(ReadOnlySpan<char> until) => until.Length > 1 && until[^1] == until[^2] ? Likely : Unlikely;

    private static int Replaced(char a, char b)
    {
        if (a == b) return 0;
        return SoundAlike(a, b) || KeyboardLayout.AreNeighbours(a, b) ? Likely : Unlikely;
    }
}

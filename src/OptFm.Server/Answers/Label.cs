namespace OptFm.Server.Answers;

/// <summary>Makes a button's label of any text.</summary>
public static class Label
{
    /// <summary>Longest label, in UTF-16 units: what still reads well on a phone and every messenger takes.</summary>
    public const int Longest = 64;

    /// <summary>One line, shortened at a word where it is too long.</summary>
    public static string Of(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0) return "…";
        if (line.Length <= Longest) return line;

        var end = line.LastIndexOf(' ', Longest - 2);
        if (end < Longest / 2) end = Longest - 1;
        if (char.IsHighSurrogate(line[end - 1])) end--;
        return line[..end].TrimEnd(',', '.', ' ') + '…';
    }
}

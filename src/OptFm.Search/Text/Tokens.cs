namespace OptFm.Search.Text;

/// <summary>Cuts normalised text into words: runs of letters and runs of digits, so that "20вт" and "20 вт" are the same.</summary>
public static class Tokens
{
    /// <summary>Words read of one text: a longer one says nothing new, and work stays bounded.</summary>
    public const int MaxCount = 160;

    /// <summary>Letters kept of one word; the longest Russian word anyone types is shorter.</summary>
    public const int MaxLength = 32;

    public static List<string> Split(ReadOnlySpan<char> text)
    {
        var tokens = new List<string>();
        var start = 0;
        while (start < text.Length && tokens.Count < MaxCount)
        {
            var end = End(text, start);
            if (end > start) tokens.Add(text[start..Math.Min(end, start + MaxLength)].ToString());
            start = Math.Max(end, start + 1);
        }

        return tokens;
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        var letters = char.IsLetter(text[start]);
        while (end < text.Length && (letters ? char.IsLetter(text[end]) : char.IsDigit(text[end]))) end++;
        return end;
    }
}

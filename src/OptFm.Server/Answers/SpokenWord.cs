using System.Text;

namespace OptFm.Server.Answers;

/// <summary>A word of a message as it sounds: lower case, ё as е, stretched letters ("спасибооо") once.</summary>
/// <param name="Start">Where it stands in the message.</param>
internal readonly record struct SpokenWord(int Start, string Text)
{
    private const int Longest = 40;

    public static List<SpokenWord> Read(string text)
    {
        var words = new List<SpokenWord>();
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at > start) words.Add(new(start, Sound(text.AsSpan(start, at - start))));
            else at++;
        }

        return words;
    }

    public static string Sound(ReadOnlySpan<char> word)
    {
        var sound = new StringBuilder();
        foreach (var c in word)
        {
            var letter = char.ToLowerInvariant(c) is var lower && lower == 'ё' ? 'е' : lower;
            if (sound.Length > 0 && sound[^1] == letter && char.IsLetter(letter)) continue;
            if (sound.Length == Longest) break;
            sound.Append(letter);
        }

        return sound.ToString();
    }
}

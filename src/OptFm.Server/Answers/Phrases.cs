using System.Text.RegularExpressions;

namespace OptFm.Server.Answers;

/// <summary>Everything the bot says besides the FAQ, as it was read once from <c>PHRASES_FILE</c>. Immutable.</summary>
/// <param name="texts">Every phrase of <see cref="PhraseList"/>, in neutral markup.</param>
public sealed partial class Phrases(IReadOnlyDictionary<string, string> texts)
{
    public string this[Phrase phrase] => texts[phrase.Key];

    /// <summary>Puts values, which must be markup already, in place of the braces. Braces inside a value stay as they are.</summary>
    public string Fill(Phrase phrase, params IReadOnlyList<(string Name, string Value)> values) =>
        Placeholder().Replace(this[phrase], found => Value(found, values));

    /// <summary>The name of each placeholder in the text, in order.</summary>
    public static IReadOnlyList<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(found => found.Groups["name"].Value)];

    private static string Value(Match found, IReadOnlyList<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (found.Groups["name"].ValueSpan.SequenceEqual(name)) return value;
        }

        return found.Value;
    }

    [GeneratedRegex(@"\{(?<name>\w{1,40})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

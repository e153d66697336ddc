using OptFm.Search.Faq;
using OptFm.Search.Text;

namespace OptFm.Bench.Search;

/// <summary>An FAQ of any size with the words of a real one and of everyday life, drawn so that few are frequent and many are rare (Zipf).</summary>
internal sealed class GeneratedFaq(IReadOnlyList<FaqEntry> real, Random random)
{
    private const int Questions = 2000;
    private const double TypoShare = 0.15;
    private readonly string[] _words =
    [
        .. real.SelectMany(entry => entry.Phrasings.Append(entry.Answer)).SelectMany(text => text.Split(' ', '\n'))
            .Concat(Lexicon.Russian().Other.Select(word => word.Text)).Where(word => word.Length > 2).Distinct(),
    ];

    public IReadOnlyList<FaqEntry> Entries(int count) => [.. Enumerable.Range(0, count).Select(Entry)];

    public IReadOnlyList<string> Queries() => [.. Enumerable.Range(0, Questions).Select(_ => Disturbed(Text(3, 9)))];

    /// <summary>The text with a letter swapped in some words, as people type.</summary>
    public string Disturbed(string text) => string.Join(' ', text.Split(' ').Select(Typed));

    private FaqEntry Entry(int number) =>
        new($"{number}", $"{Text(4, 9)}?", [.. Enumerable.Range(0, 6).Select(_ => Text(1, 3))], string.Join('\n', Enumerable.Range(0, 5).Select(_ => Text(5, 14))))
        {
            Phrasings = [.. Enumerable.Range(0, 5).Select(_ => Text(3, 8))],
        };

    private string Text(int shortest, int longest) => string.Join(' ', Enumerable.Range(0, random.Next(shortest, longest)).Select(_ => Word()));

    private string Word()
    {
        var word = _words[(int)(Math.Pow(_words.Length, random.NextDouble())) - 1];
        return random.NextDouble() < 0.5 ? word : _words[random.Next(_words.Length)];
    }

    private string Typed(string word)
    {
        if (word.Length < 5 || random.NextDouble() > TypoShare) return word;
        var at = random.Next(1, word.Length - 2);
        return $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}";
    }
}

using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>"а в Казань?" after an answer that names places asks the same of another place, though the FAQ never heard of it.</summary>
internal static class PlaceNames
{
    private const int Shortest = 3;

    /// <summary>The length of each name by its stem: "рост" is the stem of Ростов, and no form of it.</summary>
    private static readonly FrozenDictionary<string, int> Lengths =
        Lexicon.Words(Shipped.Read("places.ru.txt")).Where(word => word.Text.Length >= Shortest).DistinctBy(word => word.Stem)
            .ToFrozenDictionary(word => word.Stem, word => word.Text.Length, StringComparer.Ordinal);

    public static bool IsPlace(FaqWord word) => IsPlace(TextAnalyzer.ReadWord(word.Typed)) || IsPlace(TextAnalyzer.ReadWord(word.Understood));

    public static bool AreNamedIn(FaqEntry entry) => entry.Phrasings.Prepend(entry.Question).Concat(entry.Keywords).Any(Names) || Names(entry.Answer);

    private static bool Names(string text) => TextAnalyzer.Read(text).Exists(IsPlace);

    private static bool IsPlace(Word word) => Lengths.TryGetValue(word.Stem, out var length) && word.Text.Length >= length - 1;
}

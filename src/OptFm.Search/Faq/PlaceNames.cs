using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>"а в Казань?" after an answer that names places asks the same of another place, though the FAQ never heard of it.</summary>
internal static class PlaceNames
{
    private static readonly FrozenSet<string> Stems =
        Lexicon.Words(Shipped.Read("places.ru.txt")).Where(word => word.Text.Length > 2).Select(word => word.Stem).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsPlace(FaqWord word) => Stems.Contains(TextAnalyzer.ReadWord(word.Typed).Stem) || Stems.Contains(TextAnalyzer.ReadWord(word.Understood).Stem);

    public static bool AreNamedIn(FaqEntry entry) => entry.Phrasings.Prepend(entry.Question).Concat(entry.Keywords).Any(Names) || Names(entry.Answer);

    private static bool Names(string text) => TextAnalyzer.Read(text).Exists(word => Stems.Contains(word.Stem));
}

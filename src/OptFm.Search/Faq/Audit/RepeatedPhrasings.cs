using OptFm.Search.Text;

namespace OptFm.Search.Faq.Audit;

/// <summary>The same question in two entries, whatever its capitals, punctuation and ё.</summary>
internal static class RepeatedPhrasings
{
    public static List<FaqFinding> Find(IReadOnlyList<FaqEntry> entries)
    {
        var first = new Dictionary<string, FaqEntry>(StringComparer.Ordinal);
        var findings = new List<FaqFinding>();
        foreach (var entry in entries)
        {
            foreach (var text in entry.Phrasings.Prepend(entry.Question))
            {
                var words = string.Join(' ', TextAnalyzer.Read(text).Select(word => word.Text));
                if (words.Length == 0 || first.TryAdd(words, entry) || first[words] == entry) continue;
                findings.Add(new(FaqFindingKind.RepeatedPhrasing, entry, first[words], text, 1));
            }
        }

        return findings;
    }
}

using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>Says in Russian, for the shop's staff, why a question was matched as it was.</summary>
internal static class FaqReasons
{
    private const int RunnersUp = 2;

    public static IReadOnlyList<string> Of(FaqQuery? query, IReadOnlyList<FaqCandidate> candidates)
    {
        var reasons = new List<string>();
        foreach (var word in query?.Words ?? [])
            if (word.Repair != Repair.None) reasons.Add(Describe(word));
        for (var i = 0; i < candidates.Count && i <= RunnersUp; i++)
            reasons.Add($"{i + 1}. «{candidates[i].Entry.Question}»: {candidates[i].Confidence:P0}");
        return reasons;
    }

    private static string Describe(QueryWord word) => word.Repair switch
    {
        Repair.Layout => $"«{word.Typed}» → «{word.Word.Text}»: раскладка",
        Repair.Transliteration => $"«{word.Typed}» → «{word.Word.Text}»: транслит",
        Repair.Typo => $"«{word.Typed}» → «{word.Word.Text}»: опечатка",
        Repair.Spacing => $"«{word.Typed}» → «{word.Word.Text}»: пробел",
        _ => $"«{word.Typed}»: незнакомое слово",
    };
}

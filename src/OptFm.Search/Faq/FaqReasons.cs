using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>Says in Russian, for the shop's staff, why a question was matched as it was.</summary>
internal static class FaqReasons
{
    private const int RunnersUp = 2;

    public static IReadOnlyList<string> Of(FaqMatch match)
    {
        var reasons = new List<string>();
        foreach (var word in match.Query?.Words ?? [])
            if (word.Repair != Repair.None) reasons.Add(Describe(word.Typed, word.Word.Text, word.Repair));
        foreach (var word in match.Words)
            if (!word.IsWeak && word.Places.Count > 0) reasons.Add(Describe(word));
        for (var i = 0; i < match.Candidates.Count && i <= RunnersUp; i++)
            reasons.Add($"{i + 1}. «{match.Candidates[i].Entry.Question}»: {match.Candidates[i].Confidence:P0}");
        return reasons;
    }

    private static string Describe(string typed, string understood, Repair repair) => repair switch
    {
        Repair.Layout => $"«{typed}» → «{understood}»: раскладка",
        Repair.Transliteration => $"«{typed}» → «{understood}»: транслит",
        Repair.Typo => $"«{typed}» → «{understood}»: опечатка",
        Repair.Spacing => $"«{typed}» → «{understood}»: пробел",
        _ => $"«{typed}»: незнакомое слово",
    };

    private static string Describe(FaqWord word) => $"«{word.Understood}»: {string.Join(", ", word.Places.Select(Describe))}";

    private static string Describe(FaqWordPlace place)
    {
        var part = place.Part switch
        {
            FaqPart.Question => "вопрос",
            FaqPart.Phrasing => "формулировка",
            FaqPart.Keyword => "ключевое слово",
            _ => "ответ",
        };
        return place.IsSynonym ? $"{part} (синоним «{place.Word}»)" : part;
    }
}

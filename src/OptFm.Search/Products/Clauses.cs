namespace OptFm.Search.Products;

/// <summary>Cuts a message that asks for several goods: "дисплей на 7а, стекло на 9с и шнур". Commas within numbers and lists of models stay.</summary>
internal static class Clauses
{
    /// <summary>A message of more clauses is no order but a story.</summary>
    private const int Most = 4;
    private static readonly string[] Words = [" и ", " а также ", " плюс ", " + ", " еще ", " или "];

    /// <returns>Two to four clauses; none where there is nothing to cut.</returns>
    public static List<string> Split(string query)
    {
        var text = query.Length > Text.Normalisation.MaxLength ? query[..Text.Normalisation.MaxLength] : query;
        foreach (var word in Words) text = text.Replace(word, "\n", StringComparison.OrdinalIgnoreCase);
        var clauses = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsEnd(text, i)) continue;
            if (text[start..i].Trim() is { Length: > 0 } clause) clauses.Add(clause);
            if (clauses.Count > Most) return [];
            start = i + 1;
        }

        return clauses.Count > 1 ? clauses : [];
    }

    private static bool IsEnd(string text, int i) =>
        text[i] is '\n' or ';' or '!' or '?' || (text[i] is ',' or '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])));
}

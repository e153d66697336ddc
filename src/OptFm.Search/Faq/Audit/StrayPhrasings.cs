namespace OptFm.Search.Faq.Audit;

/// <summary>
/// Asks each phrasing of an index that does not have it, as cross-validation does: an index lacks a part of every entry's phrasings, and
/// those are asked. A phrasing that another entry answers then is either in the wrong entry or shows that the two overlap.
/// </summary>
internal static class StrayPhrasings
{
    private const int Folds = 10;

    /// <summary>Folds where there are so many phrasings that more indexes would take minutes.</summary>
    private const int FoldsOfMany = 3;
    private const int Many = 3000;

    public static IReadOnlyList<FaqFinding> Find(IReadOnlyList<FaqEntry> entries, CancellationToken stop)
    {
        var folds = entries.Sum(entry => entry.Phrasings.Count) > Many ? FoldsOfMany : Folds;
        var found = new List<FaqFinding>[folds];
        var options = new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, folds, options, fold => found[fold] = Ask(entries, fold, folds));
        return [.. found.SelectMany(part => part)];
    }

    private static List<FaqFinding> Ask(IReadOnlyList<FaqEntry> entries, int fold, int folds)
    {
        var asked = entries.SelectMany(entry => entry.Phrasings.Where((_, i) => i % folds == fold).Select(text => (entry, text))).ToList();
        if (asked.Count == 0) return [];
        var without = entries.Select(entry => entry with { Phrasings = [.. entry.Phrasings.Where((_, i) => i % folds != fold)] }).ToList();
        var matcher = FaqMatcher.Build(without);
        return [.. asked.Select(question => Judge(question.entry, question.text, matcher.Match(question.text))).OfType<FaqFinding>()];
    }

    private static FaqFinding? Judge(FaqEntry entry, string text, FaqMatch match)
    {
        if (match.Decision != FaqDecision.Answer || match.Candidates[0].Entry.Id == entry.Id) return null;
        return new(FaqFindingKind.StrayPhrasing, entry, match.Candidates[0].Entry, text, match.Candidates[0].Confidence);
    }
}

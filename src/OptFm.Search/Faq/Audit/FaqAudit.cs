namespace OptFm.Search.Faq.Audit;

/// <summary>Looks for entries that take each other's questions. A thousand entries take seconds.</summary>
public static class FaqAudit
{
    /// <param name="entries">With unique ids.</param>
    /// <returns>Problems first, then by the order of the FAQ.</returns>
    public static IReadOnlyList<FaqFinding> Run(IReadOnlyList<FaqEntry> entries, CancellationToken stop = default)
    {
        var matcher = FaqMatcher.Build(entries);
        var repeated = RepeatedPhrasings.Find(entries);
        List<FaqFinding> findings =
        [
            .. SimilarEntries.Find(entries, matcher),
            .. repeated,
            .. StrayPhrasings.Find(entries, stop).Where(stray => !repeated.Exists(found => found.Text == stray.Text)),
            .. Unreachable(entries, matcher),
        ];
        var order = entries.Select((entry, i) => (entry.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        return [.. findings.OrderByDescending(finding => finding.IsProblem).ThenBy(finding => order[finding.Entry.Id]).ThenBy(finding => finding.Kind)];
    }

    /// <summary>Judged by the order of candidates alone: how sure an answer must be is not the entry's fault.</summary>
    private static IEnumerable<FaqFinding> Unreachable(IReadOnlyList<FaqEntry> entries, FaqMatcher matcher) =>
        entries.Where(entry => !entry.Phrasings.Prepend(entry.Question).Concat(entry.Keywords).Any(text => IsFirst(entry, matcher.Match(text))))
            .Select(entry => new FaqFinding(FaqFindingKind.Unreachable, entry, null, entry.Question, 0));

    private static bool IsFirst(FaqEntry entry, FaqMatch match) => match.Candidates.Count > 0 && match.Candidates[0].Entry.Id == entry.Id;
}

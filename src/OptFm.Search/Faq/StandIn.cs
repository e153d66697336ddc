namespace OptFm.Search.Faq;

// Holds the matcher's surface until the real one is merged; then this file goes.
public sealed record FaqEntry(string Id, string Question, IReadOnlyList<string> Keywords, string Answer)
{
    public IReadOnlyList<string> Phrasings { get; init; } = [];

    public string? Category { get; init; }

    public IReadOnlyList<string> Related { get; init; } = [];
}

public enum FaqDecision
{
    Unknown,
    Suggest,
    Answer,
}

public sealed record FaqCandidate(FaqEntry Entry, double Score, double Confidence);

public sealed record FaqMatch(FaqDecision Decision, IReadOnlyList<FaqCandidate> Candidates, IReadOnlyList<string> Reasons);

public sealed class FaqMatcher
{
    private readonly IReadOnlyList<FaqEntry> _entries;

    private FaqMatcher(IReadOnlyList<FaqEntry> entries) => _entries = entries;

    public static FaqMatcher Build(IReadOnlyList<FaqEntry> entries) => new(entries);

    public FaqMatch Match(string query)
    {
        var words = Words(query);
        var found = _entries
            .Select(e => new FaqCandidate(e, Score(e, words), 0))
            .Where(c => c.Score > 0)
            .OrderByDescending(c => c.Score)
            .Take(5)
            .ToList();
        var decision = found.Count == 0 ? FaqDecision.Unknown : found[0].Score > 1 ? FaqDecision.Answer : FaqDecision.Suggest;
        return new(decision, found, []);
    }

    private static double Score(FaqEntry entry, HashSet<string> words) =>
        words.Intersect(Words(entry.Question + ' ' + string.Join(' ', entry.Keywords))).Count();

    private static HashSet<string> Words(string text) =>
        [.. text.ToLowerInvariant().Split([' ', ',', '.', '?', '!', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3).Select(w => w[..4])];
}

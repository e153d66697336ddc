using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>What to do with a question.</summary>
public enum FaqDecision
{
    /// <summary>Say honestly that there is no answer.</summary>
    Unknown,

    /// <summary>Offer the first candidates, up to three.</summary>
    Suggest,

    /// <summary>Answer with the first candidate.</summary>
    Answer,
}

/// <summary>An entry that may answer the question.</summary>
/// <param name="Score">The ranking model's score; comparable within one match only.</param>
/// <param name="Confidence">Estimated probability that this entry answers the question, 0 to 1.</param>
public sealed record FaqCandidate(FaqEntry Entry, double Score, double Confidence)
{
    /// <summary>How much of what the question is about is this entry's, 0 to 1, by the topic model.</summary>
    public double Topic { get; init; }
}

/// <summary>What an FAQ has to say about a question.</summary>
/// <param name="Candidates">Best first, at most 10; when the decision is to suggest, the first up to 3 are worth offering.</param>
public sealed record FaqMatch(FaqDecision Decision, IReadOnlyList<FaqCandidate> Candidates)
{
    public static FaqMatch Nothing { get; } = new(FaqDecision.Unknown, []);

    /// <summary>How much of what the question is about no entry covers, 0 to 1, by the topic model.</summary>
    public double Elsewhere => Query?.Topic.Elsewhere ?? 1;

    /// <summary>
    /// Why, for administrators: repairs, which words the first candidate has and where, runners-up. Written when asked for; quotes the
    /// question, so keep it out of logs.
    /// </summary>
    public IReadOnlyList<string> Reasons => FaqReasons.Of(this);

    /// <summary>The words of the question, or of its sentence that decided, and where the first candidate has them. Looked up when asked for.</summary>
    public IReadOnlyList<FaqWord> Words => WordsIn(Candidates.Count > 0 ? Candidates[0].Entry : null);

    /// <summary>The question as understood; null where there was nothing to understand.</summary>
    internal FaqQuery? Query { get; init; }

    /// <summary>What the question was read with; null where there was nothing to understand.</summary>
    internal Lexicon? Lexicon { get; init; }

    internal IReadOnlyList<FaqWord> WordsIn(FaqEntry? entry) =>
        Query is null || Lexicon is null ? [] : EntryWords.Of(entry ?? Empty, Lexicon.Synonyms).Explain(Query.Words);

    private static FaqEntry Empty { get; } = new("", "", [], "");
}

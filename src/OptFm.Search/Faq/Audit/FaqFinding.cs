namespace OptFm.Search.Faq.Audit;

/// <summary>What can be wrong with an FAQ though its file is well-formed.</summary>
public enum FaqFindingKind
{
    /// <summary>Two entries ask, or answer, all but the same: customers get either by chance.</summary>
    SimilarEntries,

    /// <summary>The same words stand in two entries as question or phrasing.</summary>
    RepeatedPhrasing,

    /// <summary>A phrasing that another entry answers, when asked of an index without it.</summary>
    StrayPhrasing,

    /// <summary>None of the entry's own texts leads to it.</summary>
    Unreachable,
}

/// <summary>Something an administrator should look at.</summary>
/// <param name="Entry">The entry that is to be changed.</param>
/// <param name="Other">The entry it collides with; null where there is none.</param>
/// <param name="Text">The phrasing meant, or the entry's question.</param>
/// <param name="Likeness">Similarity or the other entry's confidence, 0 to 1.</param>
public sealed record FaqFinding(FaqFindingKind Kind, FaqEntry Entry, FaqEntry? Other, string Text, double Likeness)
{
    /// <summary>A phrasing that another entry answers with at least this confidence is in the wrong entry.</summary>
    private const double Certain = 0.9;

    /// <summary>Whether customers get a wrong answer of it; otherwise it is worth a look only.</summary>
    public bool IsProblem => Kind != FaqFindingKind.StrayPhrasing || Likeness >= Certain;
}

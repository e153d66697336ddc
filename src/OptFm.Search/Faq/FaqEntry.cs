namespace OptFm.Search.Faq;

/// <summary>One question the shop can answer.</summary>
/// <param name="Id">Unique within the FAQ.</param>
/// <param name="Keywords">Words and short phrases the topic is known by.</param>
/// <param name="Answer">What to say; matched as well, line by line.</param>
public sealed record FaqEntry(string Id, string Question, IReadOnlyList<string> Keywords, string Answer)
{
    /// <summary>Other ways customers ask the same. Each one added makes the match better.</summary>
    public IReadOnlyList<string> Phrasings { get; init; } = [];

    public string? Category { get; init; }

    /// <summary>Ids of entries worth reading next.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];
}

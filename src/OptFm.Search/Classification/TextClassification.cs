namespace OptFm.Search.Classification;

/// <summary>What a <see cref="TextClassifier"/> makes of a text.</summary>
/// <param name="Confidence">Probability that the first label is right, 0 to 1.</param>
/// <param name="IsAnswered">Whether the confidence is worth the risk of a wrong answer.</param>
/// <param name="Ranked">Labels, the best first.</param>
public sealed record TextClassification(float Confidence, bool IsAnswered, IReadOnlyList<RankedLabel> Ranked);

/// <summary>A label and its score: the linear margin and a part of the nearest example's cosine; comparable within one text only.</summary>
public sealed record RankedLabel(string Label, float Score);

namespace OptFm.Search.Index;

/// <summary>The texts a term occurs in, and its weight in each.</summary>
internal readonly ref struct PostingList(ReadOnlySpan<int> texts, ReadOnlySpan<float> weights)
{
    public ReadOnlySpan<int> Texts { get; } = texts;

    public ReadOnlySpan<float> Weights { get; } = weights;
}

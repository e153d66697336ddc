namespace OptFm.Search.Index;

/// <summary>The texts a term occurs in, and its weight in each.</summary>
internal sealed record PostingList(int[] Texts, float[] Weights)
{
    public static PostingList Empty { get; } = new([], []);
}

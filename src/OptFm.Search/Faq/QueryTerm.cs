namespace OptFm.Search.Faq;

/// <summary>A word of a query as the index knows it.</summary>
/// <param name="Stem">Its number, or -1.</param>
/// <param name="Concepts">Null where it has none.</param>
/// <param name="Weight">What the word is worth in the query.</param>
/// <param name="Trust">How far its repair is believed, 0 to 1.</param>
internal sealed record QueryTerm(int Stem, List<int>? Concepts, float Weight, float Trust)
{
    /// <summary>How far a synonym is believed to mean the same as the word itself.</summary>
    public const float SynonymTrust = 0.8f;
}

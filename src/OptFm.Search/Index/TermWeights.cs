namespace OptFm.Search.Index;

/// <summary>How much a word tells entries apart: the inverse document frequency of BM25, counted over entries rather than texts.</summary>
/// <remarks>Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, https://doi.org/10.1561/1500000019.</remarks>
internal static class TermWeights
{
    /// <summary>What is left of a stop word's weight: enough to break ties, too little to decide.</summary>
    public const float Weak = 0.12f;

    /// <summary>What is left of the weight of an everyday word that no entry has.</summary>
    public const float Generic = 0.35f;

    /// <summary>BM25's k1: how many mentions it takes for half of a term's weight.</summary>
    private const float Saturation = 1.2f;

    /// <summary>BM25's term frequency part without length normalisation, 0 to 1: an entry of many phrasings is not thereby long-winded.</summary>
    public static float Saturate(float frequency) => frequency / (frequency + Saturation);

    public static float Idf(int entries, int entriesWithTerm) =>
        (float)Math.Log(1 + ((entries - entriesWithTerm + 0.5) / (entriesWithTerm + 0.5)));
}

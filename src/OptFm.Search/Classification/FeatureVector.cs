namespace OptFm.Search.Classification;

/// <summary>A text as a sparse vector over the features of a <see cref="FeatureSpace"/>.</summary>
/// <param name="Features">Numbers of features, each once.</param>
/// <param name="Weights">Of each feature; their squares sum to at most one.</param>
/// <param name="Words">Words in the text.</param>
/// <param name="KnownWords">Share of the words that the space has met, 0 to 1.</param>
/// <param name="KnownWeight">Share of the squared weight of all features that is on features the space has met, 0 to 1.</param>
internal sealed record FeatureVector(int[] Features, float[] Weights, int Words, float KnownWords, float KnownWeight)
{
    public float SquaredNorm
    {
        get
        {
            float squares = 0;
            foreach (var weight in Weights) squares += weight * weight;
            return squares;
        }
    }
}

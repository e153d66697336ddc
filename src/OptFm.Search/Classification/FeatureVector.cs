namespace OptFm.Search.Classification;

/// <summary>A text as a sparse vector over the features of a <see cref="FeatureSpace"/>.</summary>
/// <param name="Features">Numbers of features, each once.</param>
/// <param name="Weights">Of each feature; their squares sum to at most one.</param>
/// <param name="Words">Words in the text.</param>
/// <param name="KnownWords">Share of the words whose stem the space has met, 0 to 1.</param>
/// <param name="KnownGrams">Share of the squared weight of character n-grams that is on those the space has met, 0 to 1.</param>
internal sealed record FeatureVector(int[] Features, float[] Weights, int Words, float KnownWords, float KnownGrams)
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

namespace OptFm.Search.Classification;

/// <summary>
/// What speaks for "no answer": a machine that tells texts without an answer from all others, and the nearest of those texts. The machines
/// of the labels do not learn from them, so that small talk cannot move the ranking.
/// </summary>
internal sealed class Background
{
    /// <summary>A text as near as this to an example is one, whatever the list says.</summary>
    public const float LikeAnExample = 0.6f;

    private readonly LinearWeights? _weights;
    private readonly NearestTexts? _nearest;

    /// <param name="examples">Texts with an answer.</param>
    /// <param name="without">Texts without; none make a background that sees nothing.</param>
    public Background(LabelledVectors examples, IReadOnlyList<FeatureVector> without, FeatureSpace space, LatentSpace latent, LinearOptions options, Random random)
    {
        if (without.Count == 0) return;
        _nearest = new NearestTexts(new LabelledVectors(without.Select(_ => TextClassifier.NoAnswer), without), space);
        FeatureVector[] all = [.. examples.Vectors.Concat(without).Select(latent.Extend)];
        var features = space.Count + latent.Dimensions;
        var machine = new DualCoordinateDescent(all, features, options.Penalty, random);
        machine.Train([.. all.Select((_, i) => i >= examples.Vectors.Count)], options.PositiveCost(all.Length, without.Count));
        var builder = new LinearWeightsBuilder(features);
        builder.Add(machine.Weights, machine.Bias, options.LeastWeight);
        _weights = builder.Build();
    }

    /// <returns>The margin of "no answer", and the cosine of the nearest text without one; zeros when there are none.</returns>
    /// <param name="extended">The same text with its latent coordinates.</param>
    public (float Margin, float Similarity) Observe(FeatureVector text, FeatureVector extended)
    {
        if (_weights is null || _nearest is null) return default;
        var (margin, similarity) = (new float[1], new float[1]);
        _weights.Score(extended, margin);
        _nearest.Score(text, similarity);
        return (margin[0], similarity[0]);
    }
}

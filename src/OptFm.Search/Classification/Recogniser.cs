namespace OptFm.Search.Classification;

/// <summary>The two views of a text that a decision is made of: the linear classifier's and its nearest examples'.</summary>
internal sealed class Recogniser
{
    private const int LatentDimensions = 24;
    private readonly FeatureSpace _space;
    private readonly LatentSpace _latent;
    private readonly LinearWeights _weights;
    private readonly NearestTexts _nearest;

    /// <param name="texts">Labels with the words of their examples; at least one.</param>
    public Recogniser(IReadOnlyList<(string Label, IReadOnlyList<string> Words)> texts, LinearOptions options, Random random)
    {
        _space = FeatureSpace.Of(texts.Select(text => text.Words), options.Groups);
        var vectors = new LabelledVectors(texts.Select(text => text.Label), texts.Select(text => _space.Read(text.Words)));
        Labels = vectors.Labels;
        _latent = LatentSpace.Of(vectors.Vectors, _space.Count, LatentDimensions, random);
        _weights = LinearTrainer.Train(vectors.With(_latent.Extend), _space.Count + _latent.Dimensions, options, random);
        _nearest = new NearestTexts(vectors, _space);
    }

    public IReadOnlyList<string> Labels { get; }

    public Observation Observe(IReadOnlyList<string> words)
    {
        var text = _space.Read(words);
        var (margins, similarities) = (new float[Labels.Count], new float[Labels.Count]);
        _weights.Score(_latent.Extend(text), margins);
        _nearest.Score(text, similarities);
        return new Observation(margins, similarities, text);
    }
}

namespace OptFm.Search.Classification;

/// <summary>
/// The views of a text that a decision is made of: the linear classifier's, its nearest examples', and what speaks for no answer.
/// </summary>
internal sealed class Recogniser
{
    private const int LatentDimensions = 24;
    private readonly FeatureSpace _space;
    private readonly LatentSpace _latent;
    private readonly LinearWeights _weights;
    private readonly NearestTexts _nearest;
    private readonly Background _background;

    /// <param name="texts">Labels with the words of their examples; at least one.</param>
    /// <param name="without">Words of texts without an answer; those like an example are passed over.</param>
    public Recogniser(
        IReadOnlyList<(string Label, IReadOnlyList<string> Words)> texts, IEnumerable<IReadOnlyList<string>> without, LinearOptions options, Random random)
    {
        _space = FeatureSpace.Of(texts.Select(text => text.Words), options.Groups);
        var vectors = new LabelledVectors(texts.Select(text => text.Label), texts.Select(text => _space.Read(text.Words)));
        Labels = vectors.Labels;
        _latent = LatentSpace.Of(vectors.Vectors, _space.Count, LatentDimensions, random);
        _weights = LinearTrainer.Train(vectors.With(_latent.Extend), _space.Count + _latent.Dimensions, options, random);
        _nearest = new NearestTexts(vectors, _space);
        var unlike = without.Select(_space.Read).Where(text => Similarities(text).Max() < Background.LikeAnExample).ToList();
        _background = new Background(vectors, unlike, _space, _latent, options, random);
    }

    public IReadOnlyList<string> Labels { get; }

    public Observation Observe(IReadOnlyList<string> words)
    {
        var text = _space.Read(words);
        var extended = _latent.Extend(text);
        var margins = new float[Labels.Count];
        _weights.Score(extended, margins);
        var (margin, similarity) = _background.Observe(text, extended);
        return new Observation(margins, Similarities(text), text) { NoAnswerMargin = margin, NoAnswerSimilarity = similarity };
    }

    private float[] Similarities(FeatureVector text)
    {
        var similarities = new float[Labels.Count];
        _nearest.Score(text, similarities);
        return similarities;
    }
}

namespace OptFm.Search.Classification;

/// <summary>
/// Tells which label a text has: one linear support vector machine for each label against the rest, over TF-IDF of character n-grams,
/// words, stems and pairs of them. Immutable, safe to use from several threads.
/// </summary>
public sealed class LinearClassifier
{
    internal LinearClassifier(IReadOnlyList<string> labels, FeatureSpace space, LinearWeights weights) =>
        (Labels, Space, Weights) = (labels, space, weights);

    /// <summary>In the order of scores.</summary>
    public IReadOnlyList<string> Labels { get; }

    internal FeatureSpace Space { get; }

    internal LinearWeights Weights { get; }

    /// <summary>Trains on texts. The same texts, options and seed give the same classifier.</summary>
    /// <exception cref="ArgumentException">There is no text, or more than 65,535 labels.</exception>
    public static LinearClassifier Train(IReadOnlyList<LabelledText> texts, LinearOptions options, Random random)
    {
        if (texts.Count == 0) throw new ArgumentException("A classifier needs texts to learn from.", nameof(texts));
        var words = texts.Select(text => FeatureReader.Words(text.Text)).ToList();
        var space = FeatureSpace.Of(words, options.Groups);
        return Train(new LabelledVectors(texts.Select(text => text.Label), words.Select(space.Read)), space, options, random);
    }

    /// <summary>Scores a text for each label: above zero speaks for it, -1 is what a text of another label gets; rarely beyond ±3.</summary>
    /// <param name="scores">As long as <see cref="Labels"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="scores"/> is too short.</exception>
    public void Score(string text, Span<float> scores) => Weights.Score(Space.Read(text), scores);

    /// <summary>Scores words already normalised and split.</summary>
    public void Score(IReadOnlyList<string> words, Span<float> scores) => Weights.Score(Space.Read(words), scores);

    /// <summary>Writes the classifier in some two bytes a weight and ten a feature. Quantising moves scores by less than a hundredth or so.</summary>
    /// <param name="mostWeights">Of more weights the largest are kept.</param>
    public void Write(Stream stream, int mostWeights = int.MaxValue) => LinearClassifierFile.Write(stream, this, mostWeights);

    /// <exception cref="InvalidDataException">The bytes are no classifier.</exception>
    public static LinearClassifier Read(Stream stream) => LinearClassifierFile.Read(stream);

    internal static LinearClassifier Train(LabelledVectors texts, FeatureSpace space, LinearOptions options, Random random)
    {
        var machine = new DualCoordinateDescent(texts.Vectors, space.Count, options.Penalty, random);
        var builder = new LinearWeightsBuilder(space.Count);
        for (var label = 0; label < texts.Labels.Count; label++)
        {
            var isPositive = texts.Numbers.Select(number => number == label).ToArray();
            machine.Train(isPositive, options.PositiveCost(isPositive.Length, isPositive.Count(positive => positive)));
            builder.Add(machine.Weights, machine.Bias, options.LeastWeight);
        }

        return new LinearClassifier(texts.Labels, space, builder.Build());
    }
}

namespace OptFm.Search.Classification;

/// <summary>The two views of a text that a decision is made of: the linear classifier's and its nearest examples'.</summary>
internal sealed class Recogniser(LinearClassifier classifier, NearestTexts nearest)
{
    public IReadOnlyList<string> Labels => classifier.Labels;

    /// <param name="texts">Labels with the words of their examples; at least one.</param>
    public static Recogniser Train(IReadOnlyList<(string Label, IReadOnlyList<string> Words)> texts, LinearOptions options, Random random)
    {
        var space = FeatureSpace.Of(texts.Select(text => text.Words), options.Groups);
        var vectors = new LabelledVectors(texts.Select(text => text.Label), texts.Select(text => space.Read(text.Words)));
        return new Recogniser(LinearClassifier.Train(vectors, space, options, random), new NearestTexts(vectors, space));
    }

    public Observation Observe(IReadOnlyList<string> words)
    {
        var text = classifier.Space.Read(words);
        var (margins, similarities) = (new float[Labels.Count], new float[Labels.Count]);
        classifier.Weights.Score(text, margins);
        nearest.Score(text, similarities);
        return new Observation(margins, similarities, text);
    }
}

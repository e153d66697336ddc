using OptFm.Search.Classification;

namespace OptFm.Search.Topics;

/// <summary>
/// Knows what shops are asked about: some hundred topics, many of which a given FAQ does not cover. It tells an entry without phrasings
/// what customers say who mean it, and a question about something else from one the FAQ answers. Immutable.
/// </summary>
internal sealed class TopicModel(LinearClassifier classifier)
{
    /// <summary>How sharply margins become shares; with it a clear margin of one over the rest is nearly certain.</summary>
    private const float Sharpness = 4;

    /// <summary>Working memory for <see cref="Read"/>, for one text at a time.</summary>
    public FeatureReader NewReader() => new(classifier.Space.Weights);

    public IReadOnlyList<string> Topics => classifier.Labels;

    /// <summary>The model shipped with the library, <c>Topics/topics.bin</c>, written by <c>optfm train faq</c>.</summary>
    public static TopicModel Russian() => new(LinearClassifier.Read(Shipped.Open("topics.bin")));

    /// <summary>Whether any of the messages learnt from had the word, in any form.</summary>
    public bool Knows(string word) => classifier.Space.Has(FeatureReader.StemCode(word));

    /// <summary>Estimates how likely each topic is: a softmax over the classifier's margins.</summary>
    /// <param name="words">As understood: repaired, in lower case.</param>
    /// <param name="shares">By topic; set to values that sum to one.</param>
    /// <returns>The highest margin: below zero where no topic is recognised.</returns>
    public float Read(IReadOnlyList<string> words, FeatureReader reader, Span<float> shares)
    {
        classifier.Weights.Score(classifier.Space.Read(words, reader), shares);
        var highest = float.NegativeInfinity;
        foreach (var margin in shares) highest = MathF.Max(highest, margin);
        float sum = 0;
        for (var topic = 0; topic < shares.Length; topic++) sum += shares[topic] = MathF.Exp(Sharpness * (shares[topic] - highest));
        for (var topic = 0; topic < shares.Length; topic++) shares[topic] /= sum;
        return highest;
    }
}

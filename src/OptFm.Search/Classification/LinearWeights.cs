namespace OptFm.Search.Classification;

/// <summary>By feature the classes it speaks for or against: compressed sparse rows.</summary>
/// <param name="starts">Where the row of each feature starts; one more for the end.</param>
internal sealed class LinearWeights(float[] biases, int[] starts, ushort[] classes, float[] weights)
{
    public IReadOnlyList<float> Biases => biases;

    public int Features => starts.Length - 1;

    public int Count => weights.Length;

    public ReadOnlySpan<ushort> Classes(int feature) => classes.AsSpan(starts[feature]..starts[feature + 1]);

    public ReadOnlySpan<float> Weights(int feature) => weights.AsSpan(starts[feature]..starts[feature + 1]);

    /// <param name="scores">By class; set to the margin of each.</param>
    public void Score(FeatureVector text, Span<float> scores)
    {
        biases.CopyTo(scores);
        for (var i = 0; i < text.Features.Length; i++)
        {
            var weight = text.Weights[i];
            var end = starts[text.Features[i] + 1];
            for (var at = starts[text.Features[i]]; at < end; at++) scores[classes[at]] += weight * weights[at];
        }
    }
}

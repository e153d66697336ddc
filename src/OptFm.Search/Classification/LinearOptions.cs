namespace OptFm.Search.Classification;

/// <summary>How a <see cref="LinearClassifier"/> is trained.</summary>
public sealed record LinearOptions
{
    /// <summary>LIBLINEAR's C: what an error costs against large weights. Above zero; more follows the examples closer.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>How far errors on a label's own texts count more than on the many others': 0 not at all, 1 so that both sides weigh the same.</summary>
    public double Balance { get; init; } = 0.3;

    /// <summary>Weights nearer to zero are dropped.</summary>
    public float LeastWeight { get; init; } = 0.001f;

    internal GroupWeights Groups { get; init; } = GroupWeights.Default;

    internal double PositiveCost(int all, int positives) => Math.Pow((double)(all - positives + 1) / Math.Max(positives, 1), Balance);
}

namespace OptFm.Search.Classification;

/// <summary>
/// Turns cues into the probability that an answer is right: a logistic regression, Platt's scaling with more than one score
/// (Probabilistic Outputs for Support Vector Machines, 1999).
/// </summary>
/// <param name="weights">By cue; none when nothing is known, which makes every confidence a half.</param>
internal sealed class Calibration(float[] weights)
{
    public float Confidence(ReadOnlySpan<float> cues)
    {
        float sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += cues[i] * weights[i];
        return 1 / (1 + MathF.Exp(-sum));
    }
}

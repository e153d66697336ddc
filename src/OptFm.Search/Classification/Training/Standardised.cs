using OptFm.Search.Faq.Training;

namespace OptFm.Search.Classification.Training;

/// <summary>Samples of a logistic regression with each cue brought to mean 0 and deviation 1, as gradient methods like it. The first cue is constant.</summary>
internal sealed class Standardised
{
    private readonly IReadOnlyList<(float[] Cues, bool IsRight)> _samples;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    public Standardised(IReadOnlyList<(float[] Cues, bool IsRight)> samples)
    {
        _samples = samples;
        var cues = samples.Count == 0 ? 0 : samples[0].Cues.Length;
        _mean = [.. Enumerable.Range(0, cues).Select(k => k == 0 ? 0 : samples.Average(sample => (double)sample.Cues[k]))];
        _deviation = [.. Enumerable.Range(0, cues).Select(k => k == 0 ? 1 : Deviation(k))];
    }

    /// <returns>Weights for cues as they were.</returns>
    public float[] Fit(double[] sampleWeights, double step, double penalty)
    {
        var scaled = _samples.Select(sample => sample.Cues.Select((cue, k) => (cue - _mean[k]) / _deviation[k]).ToArray()).ToArray();
        var penalties = _mean.Select((_, k) => k == 0 ? 0 : penalty).ToArray();
        var fitted = Logistic.Fit(weights => Gradient(scaled, sampleWeights, weights), step, penalties, nonNegative: false);
        var plain = fitted.Select((weight, k) => (float)(weight / _deviation[k])).ToArray();
        for (var k = 1; k < plain.Length; k++) plain[0] -= (float)(plain[k] * _mean[k]);
        return plain;
    }

    private double[] Gradient(double[][] scaled, double[] sampleWeights, double[] weights)
    {
        var gradient = new double[weights.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            double sum = 0;
            for (var k = 0; k < weights.Length; k++) sum += scaled[i][k] * weights[k];
            var error = sampleWeights[i] * ((_samples[i].IsRight ? 1 : 0) - (1 / (1 + Math.Exp(-sum))));
            for (var k = 0; k < weights.Length; k++) gradient[k] += error * scaled[i][k];
        }

        return gradient;
    }

    private double Deviation(int k) => Math.Max(1e-6, Math.Sqrt(_samples.Average(sample => Math.Pow(sample.Cues[k] - _mean[k], 2))));
}

namespace OptFm.Search.Faq.Training;

/// <summary>Fits the weights of signals: a conditional logit over the entries of each message that has a right one among them.</summary>
internal static class RankFit
{
    private const double Step = 0.3;

    /// <param name="without">Signals that get no weight.</param>
    public static float[] Of(List<FaqSample> samples, double penalty, IReadOnlyList<Signal> without)
    {
        var ranked = samples.ConvertAll(Choices).FindAll(choices => choices.Right.Contains(true));
        return Logistic.Fit(weights => Without(without, Gradient(ranked, weights)), Step, [.. Enumerable.Repeat(penalty, Evidence.Signals)], nonNegative: true);
    }

    private static double[] Without(IReadOnlyList<Signal> signals, double[] gradient)
    {
        foreach (var signal in signals) gradient[(int)signal] = 0;
        return gradient;
    }

    private static (float[][] Signals, bool[] Right, float Weight) Choices(FaqSample sample)
    {
        var whole = sample.Parts[0].Entries;
        return ([.. whole.Select(entry => entry.Signals)], [.. whole.Select(entry => sample.IsRight(entry.Entry))], sample.Weight);
    }

    private static double[] Gradient(List<(float[][] Signals, bool[] Right, float Weight)> samples, double[] weights)
    {
        var gradient = new double[weights.Length];
        var shares = new double[Ranking.Most];
        foreach (var (signals, right, weight) in samples)
        {
            var rightShare = Share(signals, right, weights, shares);
            for (var i = 0; i < signals.Length; i++)
            {
                var error = weight * ((right[i] ? shares[i] / rightShare : 0) - shares[i]) / samples.Count;
                for (var k = 0; k < weights.Length; k++) gradient[k] += error * signals[i][k];
            }
        }

        return gradient;
    }

    /// <returns>The share of the right ones.</returns>
    private static double Share(float[][] signals, bool[] right, double[] weights, double[] shares)
    {
        var (sum, rightSum) = (0.0, 0.0);
        for (var i = 0; i < signals.Length; i++)
        {
            double score = 0;
            for (var k = 0; k < weights.Length; k++) score += signals[i][k] * weights[k];
            // No score comes near the 700 where an exponential overflows.
            shares[i] = Math.Exp(score);
            sum += shares[i];
            if (right[i]) rightSum += shares[i];
        }

        for (var i = 0; i < signals.Length; i++) shares[i] /= sum;
        return rightSum / sum;
    }
}

namespace OptFm.Search.Faq.Training;

/// <summary>Logistic models fitted by gradient ascent on the penalised likelihood: few weights, so the plainest method will do.</summary>
internal static class Logistic
{
    private const int Steps = 3000;
    private const double Rate = 0.5;

    /// <summary>A gradient of the likelihood at the given weights, averaged over samples.</summary>
    public delegate double[] Gradient(double[] weights);

    /// <param name="penalty">L2, on all but the first <paramref name="free"/> weights.</param>
    /// <param name="nonNegative">Whether weights below zero are set to zero, for evidence that can only speak for an entry.</param>
    public static float[] Fit(int count, Gradient gradient, double penalty, int free, bool nonNegative)
    {
        var weights = new double[count];
        var squares = new double[count];
        for (var step = 0; step < Steps; step++)
        {
            var slope = gradient(weights);
            for (var i = 0; i < count; i++)
            {
                var g = slope[i] - (i < free ? 0 : penalty * weights[i]);
                squares[i] = (0.99 * squares[i]) + (0.01 * g * g);
                weights[i] += Rate * (1 - ((double)step / Steps)) * 0.1 * g / (Math.Sqrt(squares[i]) + 1e-6);
                if (nonNegative) weights[i] = Math.Max(0, weights[i]);
            }
        }

        return [.. weights.Select(weight => (float)weight)];
    }
}

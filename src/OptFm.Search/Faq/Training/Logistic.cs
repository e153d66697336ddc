namespace OptFm.Search.Faq.Training;

/// <summary>
/// Fits concave likelihoods by Nesterov's accelerated gradient, projected where weights may not be negative (FISTA: Beck and Teboulle,
/// 2009). Few weights and a few thousand samples, so the plainest reliable method will do.
/// </summary>
internal static class Logistic
{
    private const int Steps = 1500;

    /// <summary>After so many steps in which no weight moved by more than <see cref="Least"/> none will.</summary>
    private const int Settled = 10;
    private const double Least = 1e-4;

    /// <summary>The gradient of the average log-likelihood at the given weights.</summary>
    public delegate double[] Gradient(double[] weights);

    /// <param name="step">At most one over the gradient's Lipschitz constant.</param>
    /// <param name="penalty">Of squared weights, by weight.</param>
    public static float[] Fit(Gradient gradient, double step, double[] penalty, bool nonNegative)
    {
        var weights = new double[penalty.Length];
        var ahead = new double[penalty.Length];
        var momentum = 1.0;
        var still = 0;
        for (var i = 0; i < Steps && still < Settled; i++)
        {
            var moves = 0.0;
            var slope = gradient(ahead);
            var next = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            for (var k = 0; k < weights.Length; k++)
            {
                var moved = ahead[k] + (step * (slope[k] - (penalty[k] * ahead[k])));
                if (nonNegative) moved = Math.Max(0, moved);
                ahead[k] = moved + ((momentum - 1) / next * (moved - weights[k]));
                moves = Math.Max(moves, Math.Abs(moved - weights[k]));
                weights[k] = moved;
            }

            still = moves < Least ? still + 1 : 0;

            momentum = next;
        }

        return [.. weights.Select(weight => (float)weight)];
    }
}

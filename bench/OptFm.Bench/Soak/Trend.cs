namespace OptFm.Bench.Soak;

/// <summary>
/// How a figure went: the medians of the second and the last fifth of the time (the first warms up), and the slope of a line from the second fifth on.
/// Flat means that the last median exceeds the other by no more than the tolerance. A single peak moves neither median.
/// </summary>
public sealed record Trend
{
    public required double SecondFifth { get; init; }

    public required double LastFifth { get; init; }

    public required double PerMinute { get; init; }

    public required double Tolerance { get; init; }

    public bool Flat => LastFifth - SecondFifth <= Tolerance;

    /// <param name="share">Tolerated growth, as a share of the second fifth's median.</param>
    /// <param name="least">Tolerated growth however small the figure is.</param>
    internal static Trend Of(IReadOnlyList<(double Minutes, double Value)> samples, double share, double least)
    {
        var fifth = Math.Max(1, samples.Count / 5);
        var second = Median(samples.Skip(fifth).Take(fifth));
        return new Trend
        {
            SecondFifth = Math.Round(second, 2),
            LastFifth = Math.Round(Median(samples.TakeLast(fifth)), 2),
            PerMinute = Math.Round(Slope([.. samples.Skip(fifth)]), 3),
            Tolerance = Math.Round(Math.Max(least, second * share), 2),
        };
    }

    private static double Median(IEnumerable<(double Minutes, double Value)> samples)
    {
        var sorted = samples.Select(sample => sample.Value).Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    /// <summary>Least squares.</summary>
    private static double Slope(List<(double Minutes, double Value)> samples)
    {
        if (samples.Count < 2) return 0;
        var (minutes, value) = (samples.Average(sample => sample.Minutes), samples.Average(sample => sample.Value));
        var spread = samples.Sum(sample => Math.Pow(sample.Minutes - minutes, 2));
        return spread == 0 ? 0 : samples.Sum(sample => (sample.Minutes - minutes) * (sample.Value - value)) / spread;
    }
}

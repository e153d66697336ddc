namespace OptFm.Bench.Scale;

/// <summary>What becomes of the rounds' figures.</summary>
internal static class Figures
{
    public static double Median(List<Measurement> rounds, Func<Measurement, double> figure) => Rounded(Median(rounds.Select(figure)));

    /// <summary>Each round's figure divided by the other's of the same round: what disturbs the machine for minutes falls out.</summary>
    public static double MedianRatio(List<Measurement> rounds, List<Measurement> others, Func<Measurement, double> figure) =>
        Rounded(Median(rounds.Zip(others, (one, other) => figure(one) / figure(other))));

    /// <returns>0 where there is no figure, because nothing was answered.</returns>
    public static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, Math.Abs(value) < 100 ? 2 : 0) : 0;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

namespace OptFm.Search.Classification;

/// <summary>Trains one machine for each label against all others.</summary>
internal static class LinearTrainer
{
    /// <param name="features">How many features vectors may have.</param>
    public static LinearWeights Train(LabelledVectors texts, int features, LinearOptions options, Random random)
    {
        var machine = new DualCoordinateDescent(texts.Vectors, features, options.Penalty, random);
        var builder = new LinearWeightsBuilder(features);
        for (var label = 0; label < texts.Labels.Count; label++)
        {
            var isPositive = texts.Numbers.Select(number => number == label).ToArray();
            machine.Train(isPositive, options.PositiveCost(isPositive.Length, isPositive.Count(positive => positive)));
            builder.Add(machine.Weights, machine.Bias, options.LeastWeight);
        }

        return builder.Build();
    }
}

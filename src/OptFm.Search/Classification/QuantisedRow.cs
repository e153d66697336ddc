namespace OptFm.Search.Classification;

/// <summary>What is written of one feature.</summary>
/// <param name="Largest">Of the absolute values of its weights.</param>
/// <param name="Values">Weights in steps of a 127th of the largest; none is zero.</param>
internal sealed record QuantisedRow(uint Code, float Idf, float Largest, IReadOnlyList<ushort> Classes, IReadOnlyList<sbyte> Values)
{
    private const int Steps = 127;

    /// <param name="mostWeights">Of more weights those are kept which move scores most: large ones of features with a large inverse document frequency.</param>
    public static List<QuantisedRow> Of(LinearClassifier classifier, int mostWeights)
    {
        var least = Least(classifier, mostWeights);
        return [.. Enumerable.Range(0, classifier.Space.Count).Select(feature => Of(classifier, feature, least)).Where(row => row.Classes.Count > 0)];
    }

    private static QuantisedRow Of(LinearClassifier classifier, int feature, float least)
    {
        var (classes, values) = (new List<ushort>(), new List<sbyte>());
        var weights = classifier.Weights.Weights(feature);
        var idf = classifier.Space.Idf[feature];
        float largest = 0;
        foreach (var weight in weights) largest = MathF.Max(largest, MathF.Abs(weight));
        for (var i = 0; i < weights.Length; i++)
        {
            var value = (sbyte)MathF.Round(weights[i] / largest * Steps);
            if (value == 0 || MathF.Abs(weights[i]) * idf < least) continue;
            classes.Add(classifier.Weights.Classes(feature)[i]);
            values.Add(value);
        }

        return new QuantisedRow(classifier.Space.Codes[feature], idf, largest, classes, values);
    }

    private static float Least(LinearClassifier classifier, int mostWeights)
    {
        if (classifier.Weights.Count <= mostWeights) return 0;
        var effects = new List<float>(classifier.Weights.Count);
        for (var feature = 0; feature < classifier.Space.Count; feature++)
            foreach (var weight in classifier.Weights.Weights(feature)) effects.Add(MathF.Abs(weight) * classifier.Space.Idf[feature]);
        effects.Sort();
        return effects[^mostWeights];
    }
}

namespace OptFm.Search.Classification;

/// <summary>Texts as vectors, with labels as numbers.</summary>
internal sealed class LabelledVectors
{
    public LabelledVectors(IEnumerable<string> labels, IEnumerable<FeatureVector> vectors)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        Numbers = [.. labels.Select(label => Number(numbers, label))];
        Labels = [.. numbers.Keys];
        Vectors = [.. vectors];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Labels.Count, ushort.MaxValue, nameof(labels));
    }

    /// <summary>Each once, in the order they are first met.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>By text the number of its label.</summary>
    public IReadOnlyList<int> Numbers { get; }

    public IReadOnlyList<FeatureVector> Vectors { get; }

    private static int Number(Dictionary<string, int> numbers, string label)
    {
        if (!numbers.TryGetValue(label, out var number)) numbers[label] = number = numbers.Count;
        return number;
    }
}

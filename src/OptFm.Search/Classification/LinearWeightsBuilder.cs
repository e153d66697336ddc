namespace OptFm.Search.Classification;

/// <summary>Collects the weights of one class after the other, then sorts them by feature.</summary>
internal sealed class LinearWeightsBuilder(int features)
{
    private readonly List<float> _biases = [];
    private readonly List<(int[] Features, float[] Weights)> _columns = [];
    private readonly int[] _starts = new int[features + 1];

    /// <param name="least">Weights nearer to zero are left out.</param>
    public void Add(ReadOnlySpan<float> weights, float bias, float least)
    {
        var (kept, values) = (new List<int>(), new List<float>());
        for (var feature = 0; feature < weights.Length; feature++)
        {
            if (weights[feature] == 0 || MathF.Abs(weights[feature]) < least) continue;
            kept.Add(feature);
            values.Add(weights[feature]);
            _starts[feature + 1]++;
        }

        _columns.Add(([.. kept], [.. values]));
        _biases.Add(bias);
    }

    public LinearWeights Build()
    {
        for (var feature = 0; feature < features; feature++) _starts[feature + 1] += _starts[feature];
        var (classes, weights, next) = (new ushort[_starts[^1]], new float[_starts[^1]], _starts[..^1]);
        for (var column = 0; column < _columns.Count; column++)
        {
            var (kept, values) = _columns[column];
            for (var i = 0; i < kept.Length; i++)
            {
                var at = next[kept[i]]++;
                (classes[at], weights[at]) = ((ushort)column, values[i]);
            }
        }

        return new LinearWeights([.. _biases], _starts, classes, weights);
    }
}

namespace OptFm.Search.Classification;

/// <summary>
/// Trains one linear support vector machine with squared hinge loss: Hsieh, Chang, Lin, Keerthi and Sundararajan, A Dual Coordinate
/// Descent Method for Large-scale Linear SVM, 2008 (https://www.csie.ntu.edu.tw/~cjlin/papers/cddual.pdf), algorithm 3, as in LIBLINEAR.
/// One example at a time is brought to its best dual variable; examples that stay at zero are left out until the end.
/// </summary>
/// <param name="examples">Vectors; each gets a constant feature besides, whose weight is the bias.</param>
internal sealed class DualCoordinateDescent(IReadOnlyList<FeatureVector> examples, int features, double penalty, Random random)
{
    private const int MostRounds = 100;
    private const double Tolerance = 0.1;
    private readonly float[] _squares = [.. examples.Select(example => example.SquaredNorm + 1)];
    private readonly double[] _dual = new double[examples.Count];
    private readonly int[] _order = new int[examples.Count];
    private int _active;
    private double _bias;

    /// <summary>Weights of the last machine, by feature.</summary>
    public float[] Weights { get; } = new float[features];

    public float Bias => (float)_bias;

    /// <param name="isPositive">By example.</param>
    /// <param name="positiveCost">What an error on a positive example costs, where one on another costs one.</param>
    public void Train(ReadOnlySpan<bool> isPositive, double positiveCost)
    {
        Reset();
        var threshold = double.PositiveInfinity;
        for (var round = 0; round < MostRounds; round++)
        {
            var (highest, lowest) = Round(isPositive, positiveCost, threshold);
            threshold = highest <= 0 ? double.PositiveInfinity : highest;
            if (highest - lowest > Tolerance) continue;
            if (_active == _order.Length) return;
            // All that were left out get another look.
            (_active, threshold) = (_order.Length, double.PositiveInfinity);
        }
    }

    private void Reset()
    {
        Array.Clear(_dual);
        Array.Clear(Weights);
        _bias = 0;
        _active = _order.Length;
        for (var i = 0; i < _order.Length; i++) _order[i] = i;
    }

    /// <returns>The highest and the lowest projected gradient.</returns>
    private (double Highest, double Lowest) Round(ReadOnlySpan<bool> isPositive, double positiveCost, double threshold)
    {
        random.Shuffle(_order.AsSpan(0, _active));
        var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < _active; i++)
        {
            var at = _order[i];
            var sign = isPositive[at] ? 1 : -1;
            var diagonal = 0.5 / (isPositive[at] ? penalty * positiveCost : penalty);
            var gradient = (sign * Score(examples[at])) - 1 + (diagonal * _dual[at]);
            if (_dual[at] == 0 && gradient > threshold)
            {
                _active--;
                (_order[i], _order[_active]) = (_order[_active], _order[i]);
                i--;
                continue;
            }

            var projected = _dual[at] == 0 ? Math.Min(gradient, 0) : gradient;
            (highest, lowest) = (Math.Max(highest, projected), Math.Min(lowest, projected));
            if (Math.Abs(projected) > 1e-12) Move(at, sign, gradient / (_squares[at] + diagonal));
        }

        return (highest, lowest);
    }

    private void Move(int at, int sign, double step)
    {
        var before = _dual[at];
        _dual[at] = Math.Max(before - step, 0);
        var change = (float)((_dual[at] - before) * sign);
        _bias += change;
        var (numbers, weights) = (examples[at].Features, examples[at].Weights);
        for (var i = 0; i < numbers.Length; i++) Weights[numbers[i]] += change * weights[i];
    }

    private double Score(FeatureVector example)
    {
        var (numbers, weights) = (example.Features, example.Weights);
        var score = 0f;
        for (var i = 0; i < numbers.Length; i++) score += Weights[numbers[i]] * weights[i];
        return score + _bias;
    }
}

namespace OptFm.Search.Classification;

/// <summary>How much each group of features counts in a vector: the length of the vector's part.</summary>
internal sealed record GroupWeights(float Characters, float Concepts, float Stems, float StemPairs, float Companions)
{
    public const int Count = 6;

    /// <summary>Words as they are and pairs of them add nothing to stems. Chosen by cross-validation on BANKING77, CLINC150 and the demo FAQ.</summary>
    public static readonly GroupWeights Default = new(1.2f, 1, 1, 0.5f, 0.8f);

    /// <summary>Characters of the shortest n-gram, word boundaries included.</summary>
    public int ShortestGram { get; init; } = 2;

    public int LongestGram { get; init; } = 5;

    private readonly float[] _byGroup = [Characters, Concepts, 0, Stems, StemPairs, Companions];

    public IReadOnlyList<float> ByGroup => _byGroup;

    public static GroupWeights Of(float[] byGroup) => new(byGroup[0], byGroup[1], byGroup[3], byGroup[4], byGroup[5]);

    /// <param name="squares">By group the sum of squared weights; becomes by what to multiply, so that the whole vector has length one.</param>
    public void Normalise(Span<float> squares)
    {
        float whole = 0;
        for (var i = 0; i < Count; i++)
            if (squares[i] > 0) whole += _byGroup[i] * _byGroup[i];
        for (var i = 0; i < Count; i++) squares[i] = squares[i] > 0 && _byGroup[i] > 0 ? _byGroup[i] / MathF.Sqrt(squares[i] * whole) : 0;
    }
}

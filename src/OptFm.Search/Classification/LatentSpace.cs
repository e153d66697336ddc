using System.Numerics;

namespace OptFm.Search.Classification;

/// <summary>
/// Latent semantic analysis (Deerwester et al., Indexing by Latent Semantic Analysis, 1990): the few directions along which texts vary most.
/// Features that occur in like company point the same way, so that a rare word borrows from its neighbours; worth most where examples are few.
/// Found by randomised subspace iteration (Halko, Martinsson and Tropp, 2011, https://arxiv.org/abs/0909.4061). Immutable.
/// </summary>
internal sealed class LatentSpace
{
    private const int Rounds = 4;

    /// <summary>How far the latent part of a text reaches, where the rest has length one.</summary>
    private const float Length = 0.7f;

    private readonly int _features;

    /// <summary>By feature a row of coordinates.</summary>
    private readonly float[] _axes;

    private LatentSpace(int features, int dimensions, float[] axes) => (_features, Dimensions, _axes) = (features, dimensions, axes);

    public int Dimensions { get; }

    /// <param name="dimensions">At most; fewer texts have fewer.</param>
    public static LatentSpace Of(IReadOnlyList<FeatureVector> texts, int features, int dimensions, Random random)
    {
        dimensions = Math.Min(dimensions, texts.Count / 2);
        var byText = new float[texts.Count * dimensions];
        var byFeature = new float[features * dimensions];
        for (var i = 0; i < byText.Length; i++) byText[i] = random.NextSingle() - 0.5f;
        for (var round = 0; round < Rounds; round++)
        {
            Gather(texts, byText, byFeature, dimensions);
            Spread(texts, byFeature, byText, dimensions);
            Orthonormal.Columns(byText, dimensions);
        }

        Gather(texts, byText, byFeature, dimensions);
        Orthonormal.Columns(byFeature, dimensions);
        return new LatentSpace(features, dimensions, byFeature);
    }

    /// <summary>The text with its latent coordinates as further features.</summary>
    public FeatureVector Extend(FeatureVector text)
    {
        if (Dimensions == 0 || text.Features.Length == 0) return text;
        var (count, own) = (text.Features.Length, new float[Dimensions]);
        for (var i = 0; i < count; i++) AddScaled(own, Row(_axes, text.Features[i], Dimensions), text.Weights[i]);
        var length = Norm(own);
        if (length < 1e-6f) return text;
        var (features, weights) = (new int[count + Dimensions], new float[count + Dimensions]);
        text.Features.CopyTo(features, 0);
        text.Weights.CopyTo(weights, 0);
        for (var k = 0; k < Dimensions; k++) (features[count + k], weights[count + k]) = (_features + k, own[k] * Length / length);
        return text with { Features = features, Weights = weights };
    }

    private static void Gather(IReadOnlyList<FeatureVector> texts, float[] byText, float[] byFeature, int dimensions)
    {
        Array.Clear(byFeature);
        for (var text = 0; text < texts.Count; text++)
            for (var i = 0; i < texts[text].Features.Length; i++)
                AddScaled(Row(byFeature, texts[text].Features[i], dimensions), Row(byText, text, dimensions), texts[text].Weights[i]);
    }

    private static void Spread(IReadOnlyList<FeatureVector> texts, float[] byFeature, float[] byText, int dimensions)
    {
        Array.Clear(byText);
        for (var text = 0; text < texts.Count; text++)
            for (var i = 0; i < texts[text].Features.Length; i++)
                AddScaled(Row(byText, text, dimensions), Row(byFeature, texts[text].Features[i], dimensions), texts[text].Weights[i]);
    }

    private static Span<float> Row(float[] rows, int row, int dimensions) => rows.AsSpan(row * dimensions, dimensions);

    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> row, float factor)
    {
        var i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + (factor * new Vector<float>(row[i..]))).CopyTo(sum[i..]);
        for (; i < row.Length; i++) sum[i] += factor * row[i];
    }

    private static float Norm(float[] row)
    {
        float squares = 0;
        foreach (var value in row) squares += value * value;
        return MathF.Sqrt(squares);
    }
}

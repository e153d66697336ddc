using System.Globalization;

namespace OptFm.Search.Products;

/// <summary>
/// Turns cues into the probability that the first product is right (Platt's logistic calibration, 1999) and that into a decision.
/// </summary>
/// <param name="Weights">By <see cref="ProductCue"/>.</param>
internal sealed record ProductModel(IReadOnlyList<float> Weights)
{
    /// <summary>What a wrong product costs a customer, in right ones: answering pays while right outweighs wrong.</summary>
    private const double CostOfWrong = 1.5;

    /// <summary>What a wrong suggestion costs: less, since it is told as a guess.</summary>
    private const double CostOfWrongGuess = 0.15;

    /// <summary>Confidence from which to answer: p ≥ cost · (1 − p).</summary>
    public const double AnswerAt = CostOfWrong / (1 + CostOfWrong);

    public const double SuggestAt = CostOfWrongGuess / (1 + CostOfWrongGuess);

    /// <summary>The weights shipped with the library, <c>Products/model.txt</c>, written by <c>optfm train price</c>.</summary>
    public static ProductModel Trained() => Parse(Shipped.Read("price-model.txt"));

    public double Confidence(float[] cues)
    {
        double sum = 0;
        for (var i = 0; i < cues.Length; i++) sum += cues[i] * Weights[i];
        return 1 / (1 + Math.Exp(-sum));
    }

    public static ProductDecision Decide(double confidence)
    {
        if (confidence >= AnswerAt) return ProductDecision.Answer;
        return confidence >= SuggestAt ? ProductDecision.Suggest : ProductDecision.Nothing;
    }

    /// <summary>One line per weight: <c>Missing -3.1</c>.</summary>
    public string Write() => string.Concat(Enum.GetValues<ProductCue>().Select(cue => string.Create(CultureInfo.InvariantCulture, $"{cue} {Weights[(int)cue]}\n")));

    /// <exception cref="FormatException">A weight is missing or not a number.</exception>
    public static ProductModel Parse(string text)
    {
        var weights = new Dictionary<string, float>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (line.Split(' ') is [var name, var value]) weights[name] = float.Parse(value, CultureInfo.InvariantCulture);
        return new([.. Enum.GetNames<ProductCue>().Select(name => weights.TryGetValue(name, out var weight) ? weight : throw new FormatException($"price model: {name} is missing"))]);
    }
}

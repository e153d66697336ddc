namespace OptFm.Search.Classification;

/// <summary>How a <see cref="TextClassifier"/> is built.</summary>
public sealed record TextClassifierOptions
{
    public LinearOptions Linear { get; init; } = new();

    /// <summary>What a wrong answer costs, where silence about a question with an answer costs one. Above zero.</summary>
    public double CostOfWrong { get; init; } = 0.3;

    /// <summary>Expected share of texts without an answer, 0 to 1.</summary>
    public double UnanswerableShare { get; init; } = 0.5;

    /// <summary>The confidence from which an answer costs less than silence.</summary>
    public double Threshold => CostOfWrong / (1 + CostOfWrong);
}

namespace OptFm.Server.Evaluation;

/// <summary>What classification of intents is measured by in the literature; per cent, but for the coefficient.</summary>
public sealed record IntentMeasures
{
    /// <summary>Queries in scope whose label is ranked first, whatever the decision.</summary>
    public double? ForcedChoice { get; init; }

    /// <summary>Queries in scope answered with their label; silence counts as an error (Larson et al., 2019, https://aclanthology.org/D19-1131).</summary>
    public double? Accuracy { get; init; }

    /// <summary>Queries out of scope that were met with silence.</summary>
    public double? OutOfScopeRecall { get; init; }

    /// <summary>
    /// Matthews correlation, -1 to 1, over all labels and "out of scope" as one more (Arora et al., HINT3, 2020,
    /// https://aclanthology.org/2020.insights-1.16); after Gorodkin, 2004.
    /// </summary>
    public double Matthews { get; init; }

    public static IntentMeasures Of(EvalMeasures measures, IReadOnlyList<EvalOutcome> outcomes) => new()
    {
        ForcedChoice = measures.Top1,
        Accuracy = measures.Right,
        OutOfScopeRecall = measures.False is { } answered ? Math.Round(100 - answered, 1) : null,
        Matthews = Correlation(outcomes),
    };

    private static double Correlation(IReadOnlyList<EvalOutcome> outcomes)
    {
        var pairs = outcomes.Select(outcome => (True: outcome.Query.Expected.FirstOrDefault(""), Said: outcome.Answered ?? "")).ToList();
        double all = pairs.Count, right = pairs.Count(pair => pair.True == pair.Said);
        var truth = pairs.CountBy(pair => pair.True).ToDictionary();
        var said = pairs.CountBy(pair => pair.Said).ToDictionary();
        var product = truth.Sum(pair => (double)pair.Value * said.GetValueOrDefault(pair.Key));
        var spread = (all * all - said.Values.Sum(count => (double)count * count)) * (all * all - truth.Values.Sum(count => (double)count * count));
        return spread == 0 ? 0 : Math.Round((right * all - product) / Math.Sqrt(spread), 3);
    }
}

/// <summary>What <c>optfm eval intents</c> prints.</summary>
public sealed record IntentReport
{
    public required EvalReport Answers { get; init; }

    public required IntentMeasures Intents { get; init; }

    /// <summary>How much the nearest example counts against the linear margin, as cross-validation chose.</summary>
    public required float Mix { get; init; }

    public required int Examples { get; init; }

    public required int Labels { get; init; }

    /// <summary>Most memory the process has held.</summary>
    public required double PeakMegabytes { get; init; }
}

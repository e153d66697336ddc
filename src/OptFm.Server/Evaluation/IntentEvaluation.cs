using System.Diagnostics;
using OptFm.Search.Classification;

namespace OptFm.Server.Evaluation;

/// <summary>What an evaluation of intent classification found.</summary>
/// <param name="Lines">One per query: query, answered label or -, ranked labels joined by commas; TAB between.</param>
public sealed record IntentEvaluation(IntentReport Report, IReadOnlyList<string> Lines)
{
    private const int WarmUps = 200;
    private const int Seed = 20250625;

    public static IntentEvaluation Run(IReadOnlyList<LabelledText> index, IReadOnlyList<EvalQuery> queries, TextClassifierOptions options)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var classifier = TextClassifier.Build(index, options, new Random(Seed));
        var indexTime = Stopwatch.GetElapsedTime(start);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var query in queries.Take(WarmUps)) classifier.Classify(query.Text);
        var outcomes = queries.Select(query => Ask(classifier, query)).ToList();
        var answers = EvalReport.Of(outcomes, indexTime) with { IndexMegabytes = Math.Round(memory / 1e6, 1) };
        var report = new IntentReport
        {
            Answers = answers,
            Intents = IntentMeasures.Of(answers.Overall, outcomes),
            Mix = classifier.Mix,
            Examples = index.Count,
            Labels = classifier.Labels.Count,
            PeakMegabytes = PeakMegabytes(),
        };
        return new IntentEvaluation(report, [.. outcomes.Select(outcome => outcome.Line)]);
    }

    private static EvalOutcome Ask(TextClassifier classifier, EvalQuery query)
    {
        var start = Stopwatch.GetTimestamp();
        var found = classifier.Classify(query.Text);
        var time = Stopwatch.GetElapsedTime(start);
        return new EvalOutcome(query, found.IsAnswered ? found.Ranked[0].Label : null, [.. found.Ranked.Select(ranked => ranked.Label)], time);
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / 1e6);
    }
}

using System.Diagnostics;
using OptFm.Search.Faq;

namespace OptFm.Server.Evaluation;

/// <summary>What an evaluation found.</summary>
/// <param name="Lines">One per question: question, answered id or -, ranked ids joined by commas; TAB between.</param>
public sealed record FaqEvaluation(EvalReport Report, IReadOnlyList<string> Lines)
{
    private const int WarmUps = 20;

    public static FaqEvaluation Run(IReadOnlyList<FaqEntry> faq, IReadOnlyList<EvalQuery> queries)
    {
        var start = Stopwatch.GetTimestamp();
        var matcher = FaqMatcher.Build(faq);
        var indexTime = Stopwatch.GetElapsedTime(start);
        for (var i = 0; i < WarmUps; i++)
            foreach (var query in queries) matcher.Match(query.Text);
        var outcomes = queries.Select(query => Ask(matcher, query)).ToList();
        var report = new EvalReport
        {
            Overall = EvalMeasures.Of(outcomes),
            Kinds = new SortedDictionary<string, EvalMeasures>(
                outcomes.GroupBy(outcome => outcome.Query.Kind).ToDictionary(kind => kind.Key, EvalMeasures.Of), StringComparer.Ordinal),
            LatencyP50Microseconds = Percentile(outcomes, 0.5),
            LatencyP99Microseconds = Percentile(outcomes, 0.99),
            IndexMilliseconds = Math.Round(indexTime.TotalMilliseconds, 1),
        };
        return new FaqEvaluation(report, [.. outcomes.Select(Line)]);
    }

    private static EvalOutcome Ask(FaqMatcher matcher, EvalQuery query)
    {
        var start = Stopwatch.GetTimestamp();
        var match = matcher.Match(query.Text);
        var time = Stopwatch.GetElapsedTime(start);
        var ranked = match.Candidates.Select(candidate => candidate.Entry.Id).ToList();
        return new EvalOutcome(query, match.Decision == FaqDecision.Answer ? ranked[0] : null, ranked, time);
    }

    private static string Line(EvalOutcome outcome) =>
        $"{outcome.Query.Text}\t{outcome.Answered ?? "-"}\t{string.Join(',', outcome.Ranked)}";

    private static double Percentile(List<EvalOutcome> outcomes, double share)
    {
        if (outcomes.Count == 0) return 0;
        var sorted = outcomes.Select(outcome => outcome.Time.TotalMicroseconds).Order().ToList();
        return Math.Round(sorted[(int)(share * (sorted.Count - 1))], 1);
    }
}

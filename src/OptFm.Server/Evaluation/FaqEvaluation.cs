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
        return Run(matcher, queries, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Measures a matcher that was built already.</summary>
    public static FaqEvaluation Run(FaqMatcher matcher, IReadOnlyList<EvalQuery> queries) => Run(matcher, queries, TimeSpan.Zero);

    private static FaqEvaluation Run(FaqMatcher matcher, IReadOnlyList<EvalQuery> queries, TimeSpan indexTime)
    {
        for (var i = 0; i < WarmUps; i++)
            foreach (var query in queries) matcher.Match(query.Text);
        var outcomes = queries.Select(query => Ask(matcher, query)).ToList();
        return new FaqEvaluation(EvalReport.Of(outcomes, indexTime), [.. outcomes.Select(outcome => outcome.Line)]);
    }

    private static EvalOutcome Ask(FaqMatcher matcher, EvalQuery query)
    {
        var start = Stopwatch.GetTimestamp();
        var match = matcher.Match(query.Text);
        var time = Stopwatch.GetElapsedTime(start);
        var ranked = match.Candidates.Select(candidate => candidate.Entry.Id).ToList();
        return new EvalOutcome(query, match.Decision == FaqDecision.Answer ? ranked[0] : null, ranked, time);
    }
}

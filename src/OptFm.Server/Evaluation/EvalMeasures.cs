namespace OptFm.Server.Evaluation;

/// <summary>One question asked.</summary>
public sealed record EvalOutcome(EvalQuery Query, string? Answered, IReadOnlyList<string> Ranked, TimeSpan Time)
{
    public string Line => $"{Query.Text}\t{Answered ?? "-"}\t{string.Join(',', Ranked)}";
}

/// <summary>Measures in per cent of their group; null where the group is empty.</summary>
public sealed record EvalMeasures
{
    public required int Queries { get; init; }

    /// <summary>Answerable questions whose accepted id is ranked first, whatever the decision.</summary>
    public double? Top1 { get; init; }

    /// <summary>Answerable questions whose accepted id is among the first three.</summary>
    public double? Hit3 { get; init; }

    public double? Right { get; init; }

    public double? Wrong { get; init; }

    /// <summary>Unanswerable questions that were answered.</summary>
    public double? False { get; init; }

    public double? Balanced { get; init; }

    public static EvalMeasures Of(IEnumerable<EvalOutcome> outcomes)
    {
        var all = outcomes.ToList();
        var answerable = all.Where(outcome => outcome.Query.Expected.Count > 0).ToList();
        var unanswerable = all.Where(outcome => outcome.Query.Expected.Count == 0).ToList();
        var right = Share(answerable, outcome => outcome.Answered is { } id && outcome.Query.Expected.Contains(id));
        var wrong = Share(answerable, outcome => outcome.Answered is { } id && !outcome.Query.Expected.Contains(id));
        var answeredInVain = Share(unanswerable, outcome => outcome.Answered is not null);
        return new EvalMeasures
        {
            Queries = all.Count,
            Top1 = Share(answerable, outcome => outcome.Ranked.Take(1).Any(outcome.Query.Expected.Contains)),
            Hit3 = Share(answerable, outcome => outcome.Ranked.Take(3).Any(outcome.Query.Expected.Contains)),
            Right = right,
            Wrong = wrong,
            False = answeredInVain,
            Balanced = (right + 100 - answeredInVain) / 2,
        };
    }

    private static double? Share(List<EvalOutcome> outcomes, Func<EvalOutcome, bool> isCounted) =>
        outcomes.Count == 0 ? null : Math.Round(100.0 * outcomes.Count(isCounted) / outcomes.Count, 1);
}

/// <summary>What <c>optfm eval faq</c> prints.</summary>
public sealed record EvalReport
{
    public required EvalMeasures Overall { get; init; }

    public required IReadOnlyDictionary<string, EvalMeasures> Kinds { get; init; }

    public required double LatencyP50Microseconds { get; init; }

    public required double LatencyP99Microseconds { get; init; }

    /// <summary>Time to build the index, first use in the process included.</summary>
    public required double IndexMilliseconds { get; init; }

    /// <summary>Memory the index holds; null where it was not measured.</summary>
    public double? IndexMegabytes { get; init; }

    public static EvalReport Of(IReadOnlyList<EvalOutcome> outcomes, TimeSpan indexTime) => new()
    {
        Overall = EvalMeasures.Of(outcomes),
        Kinds = new SortedDictionary<string, EvalMeasures>(
            outcomes.GroupBy(outcome => outcome.Query.Kind).ToDictionary(kind => kind.Key, EvalMeasures.Of), StringComparer.Ordinal),
        LatencyP50Microseconds = Percentile(outcomes, 0.5),
        LatencyP99Microseconds = Percentile(outcomes, 0.99),
        IndexMilliseconds = Math.Round(indexTime.TotalMilliseconds, 1),
    };

    private static double Percentile(IReadOnlyList<EvalOutcome> outcomes, double share)
    {
        if (outcomes.Count == 0) return 0;
        var sorted = outcomes.Select(outcome => outcome.Time.TotalMicroseconds).Order().ToList();
        return Math.Round(sorted[(int)(share * (sorted.Count - 1))], 1);
    }
}

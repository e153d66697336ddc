namespace OptFm.Search.Faq;

/// <summary>
/// A message with two questions gets two answers. Only clauses that ask something count, each must be sure of its answer when asked
/// alone, and the answers must differ: else the message is one question, told at length.
/// </summary>
internal static class SeparateQuestions
{
    private const int Most = 2;

    public static IReadOnlyList<FaqMatch> Match(FaqMatcher matcher, string message)
    {
        var whole = matcher.Match(message);
        var clauses = Clauses.Questions(message);
        if (clauses.Count < Most) return [whole];
        var answered = Answered(matcher, clauses);
        return answered.Count < Most ? [whole] : answered;
    }

    /// <returns>The first two answers that differ.</returns>
    private static List<FaqMatch> Answered(FaqMatcher matcher, List<string> clauses) =>
    [
        .. clauses.Select(matcher.Match)
            .Where(match => match.Decision == FaqDecision.Answer)
            .DistinctBy(match => match.Candidates[0].Entry.Id)
            .Take(Most),
    ];
}

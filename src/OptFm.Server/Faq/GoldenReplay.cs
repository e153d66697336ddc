using OptFm.Search.Faq;
using OptFm.Server.Answers;

namespace OptFm.Server.Faq;

/// <summary>A golden question that an FAQ does not answer as expected.</summary>
/// <param name="Was">What the FAQ before it does; null where there is none to compare with.</param>
/// <param name="Now">As <see cref="Was"/>: ids joined by <c>|</c>, <c>?</c> before ids that are only suggested, <c>-</c> for no answer.</param>
/// <param name="IsBroken">Whether the FAQ before it answered as expected, so that the change is to blame.</param>
public sealed record GoldenDifference(GoldenQuestion Question, string? Was, string Now, bool IsBroken)
{
    public string InEnglish =>
        $"line {Question.Line}, \"{Question.Text}\": expected {Say(Question.Shown)}, {(Was is null ? "" : $"was {Say(Was)}, ")}now {Say(Now)}";

    public string InRussian =>
        $"строка {Question.Line}, «{Question.Text}»: ожидалось {SayInRussian(Question.Shown)}, {(Was is null ? "" : $"было {SayInRussian(Was)}, ")}стало {SayInRussian(Now)}";

    private static string Say(string outcome) => InWords(outcome, "no answer", "only suggestions");

    private static string SayInRussian(string outcome) => InWords(outcome, "без ответа", "только подсказки");

    private static string InWords(string outcome, string none, string suggestions) => outcome switch
    {
        "-" => none,
        ['?', .. var ids] => $"{suggestions} {ids}",
        _ => outcome,
    };
}

/// <summary>Asks the golden questions as a customer would in a new chat.</summary>
public static class GoldenReplay
{
    private const int MostSuggestions = 3;

    /// <param name="before">The FAQ that is live; null where there is none.</param>
    /// <returns>The questions that <paramref name="faq"/> does not answer as expected, in the order of the file.</returns>
    public static IReadOnlyList<GoldenDifference> Differences(GoldenFile golden, FaqSnapshot faq, FaqSnapshot? before) =>
        [.. golden.Questions.Select(question => Difference(question, faq, before)).OfType<GoldenDifference>()];

    private static GoldenDifference? Difference(GoldenQuestion question, FaqSnapshot faq, FaqSnapshot? before)
    {
        var now = Ask(faq, question.Text);
        if (IsAsExpected(question, now)) return null;

        var was = before is null ? null : Ask(before, question.Text);
        return new(question, was is null ? null : Shown(was), Shown(now), was is not null && IsAsExpected(question, was));
    }

    private static IReadOnlyList<FaqMatch> Ask(FaqSnapshot faq, string text) => faq.Matcher.MatchEach(SmallTalk.Read(text).Rest);

    private static bool IsAsExpected(GoldenQuestion question, IReadOnlyList<FaqMatch> matches)
    {
        var answered = Answered(matches);
        return question.Expected.Count == 0 ? answered.Count == 0 : answered.Exists(id => question.Expected.Contains(id, StringComparer.OrdinalIgnoreCase));
    }

    private static List<string> Answered(IReadOnlyList<FaqMatch> matches) =>
        [.. matches.Where(match => match.Decision == FaqDecision.Answer).Select(match => match.Candidates[0].Entry.Id)];

    private static string Shown(IReadOnlyList<FaqMatch> matches) => matches[0].Decision switch
    {
        FaqDecision.Answer => string.Join('|', Answered(matches)),
        FaqDecision.Suggest => "?" + string.Join('|', matches[0].Candidates.Take(MostSuggestions).Select(candidate => candidate.Entry.Id)),
        _ => "-",
    };
}

using OptFm.Search.Faq;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers;

/// <summary>What the FAQ says of one message.</summary>
/// <param name="Match">The answer, or the surest of two.</param>
/// <param name="Answers">Entries to answer with, in the order of the message, at most two; empty where the FAQ is not sure.</param>
internal sealed record FaqHeard(FaqMatch Match, IReadOnlyList<FaqEntry> Answers);

/// <summary>Asks the FAQ about a message, once for all steps: its questions, and what it means after the last answer.</summary>
internal sealed class FaqEar(FaqSnapshot faq)
{
    private Question? _question;
    private FaqHeard? _heard;

    public FaqHeard Of(Question question)
    {
        if (_heard is not null && ReferenceEquals(question, _question)) return _heard;
        (_question, _heard) = (question, Read(question));
        return _heard;
    }

    private FaqHeard Read(Question question)
    {
        var text = question.Talk.Rest;
        if (question.Conversation.Topic is { } topic && faq.Find(topic) is { } entry && faq.Matcher.Follow(text, entry) is { } followUp)
            return new(followUp.Match, [followUp.Entry with { Answer = followUp.Answer }]);

        var matches = faq.Matcher.MatchEach(text);
        return new(matches.MaxBy(Confidence)!, [.. matches.Where(match => match.Decision == FaqDecision.Answer).Select(match => match.Candidates[0].Entry)]);
    }

    private static double Confidence(FaqMatch match) => match.Candidates.Count > 0 ? match.Candidates[0].Confidence : 0;
}

using OptFm.Search.Faq;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers.Steps;

/// <summary>The FAQ: the answer where the matcher is sure, up to three questions where it is not.</summary>
internal sealed class FaqStep(FaqSnapshot faq, ShopReplies replies) : IAnswerStep
{
    private const int MostSuggestions = 3;

    public Answer? Try(Question question)
    {
        var talk = question.Talk;
        var match = faq.Matcher.Match(talk.Rest);
        if (match.Decision == FaqDecision.Unknown || match.Candidates.Count == 0) return null;

        var conversation = question.Conversation;
        var greeting = talk.Greets ? replies.Greetings.Before(conversation) : "";
        var next = conversation with { Greeted = conversation.Greeted || talk.Greets };
        if (match.Decision == FaqDecision.Suggest)
            return new("suggest", [replies.Suggest(match.Candidates.Take(MostSuggestions).Select(c => c.Entry), greeting)], next);

        var entry = match.Candidates[0].Entry;
        return new("faq", [replies.Entry(entry, greeting)], next with { Topic = entry.Id });
    }
}

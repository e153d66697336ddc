using OptFm.Search.Faq;

namespace OptFm.Server.Answers.Steps;

/// <summary>The FAQ: the answer where the matcher is sure, two where two things were asked, up to three questions where it is not sure.</summary>
internal sealed class FaqStep(FaqEar faq, ShopReplies replies) : IAnswerStep
{
    private const int MostSuggestions = 3;

    public Answer? Try(Question question)
    {
        var talk = question.Talk;
        var (match, answers) = faq.Of(question);
        if (match.Decision == FaqDecision.Unknown || match.Candidates.Count == 0) return null;

        var conversation = question.Conversation;
        var greeting = talk.Greets ? replies.Greetings.Before(conversation) : "";
        var next = conversation with { Greeted = conversation.Greeted || talk.Greets };
        if (match.Decision == FaqDecision.Suggest)
            return new("suggest", [replies.Suggest(match.Candidates.Take(MostSuggestions).Select(c => c.Entry), greeting)], next);

        return new("faq", [replies.Entries(answers, greeting)], next with { Topic = answers[^1].Id });
    }
}

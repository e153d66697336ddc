using OptFm.Search.Faq;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers.Steps;

/// <summary>Greetings, thanks and farewells with no question in them.</summary>
internal sealed class SmallTalkStep(FaqSnapshot faq, Phrases phrases, ShopReplies replies) : IAnswerStep
{
    private const int WordsOfPoliteness = 4;

    public Answer? Try(Question question)
    {
        var talk = question.Talk;
        if (!talk.IsAll && !IsPoliteness(talk)) return null;

        var conversation = question.Conversation;
        return talk.Kind switch
        {
            SmallTalkKind.Greeting => new("small-talk", [replies.Guide(replies.Greetings.Hello(conversation))], conversation with { Greeted = true }),
            SmallTalkKind.Thanks => Say(PhraseList.Thanks, question),
            SmallTalkKind.Farewell => Say(PhraseList.Farewell, question),
            _ => Say(PhraseList.Okay, question),
        };
    }

    /// <summary>"Спасибо, очень выручил ваш ответ" asks nothing, though some of its words are not pleasantries.</summary>
    private bool IsPoliteness(SmallTalk talk) =>
        talk.Kind is SmallTalkKind.Thanks or SmallTalkKind.Farewell
        && !talk.Greets
        && !talk.Rest.Contains('?')
        && SpokenWord.Read(talk.Rest).Count <= WordsOfPoliteness
        && faq.Matcher.Match(talk.Rest).Decision == FaqDecision.Unknown;

    private Answer Say(Phrase phrase, Question question) => new("small-talk", [new(phrases[phrase])], question.Conversation);
}

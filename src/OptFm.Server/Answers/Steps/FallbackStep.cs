namespace OptFm.Server.Answers.Steps;

/// <summary>Last: an honest "I do not know" with the shop's contacts.</summary>
internal sealed class FallbackStep(ShopReplies replies) : IAnswerStep
{
    public Answer? Try(Question question)
    {
        var conversation = question.Conversation;
        var greets = question.Talk.Greets;
        var greeting = greets ? replies.Greetings.Before(conversation) : "";
        var reply = replies.WithContacts(question.Cut ? PhraseList.TooLong : PhraseList.Unknown, greeting);
        return new("fallback", [reply], conversation with { Greeted = conversation.Greeted || greets });
    }
}

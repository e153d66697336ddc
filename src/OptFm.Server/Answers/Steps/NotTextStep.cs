namespace OptFm.Server.Answers.Steps;

/// <summary>A photo, a sticker, a voice message: the bot says that it reads text only.</summary>
internal sealed class NotTextStep(Phrases phrases, ShopReplies replies) : IAnswerStep
{
    public Answer? Try(Question question) => string.IsNullOrWhiteSpace(question.Message.Text)
        ? new("not-text", [replies.Guide(phrases[PhraseList.NotText])], question.Conversation)
        : null;
}

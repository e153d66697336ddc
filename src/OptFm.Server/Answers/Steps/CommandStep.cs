using OptFm.Server.Channels;

namespace OptFm.Server.Answers.Steps;

/// <summary>Commands, as messengers' menus send them, and the plain words for the same.</summary>
internal sealed class CommandStep(Phrases phrases, ShopReplies replies) : IAnswerStep
{
    public Answer? Try(Question question) => BotCommand.Read(question.Message) switch
    {
        null => null,
        { Name: "faq" } => Say("menu", replies.MenuPage(), question),
        { Name: "help" } => Say("help", replies.Help(), question),
        { Name: "contacts" } => Say("contacts", replies.Contacts(), question),
        _ => Say("help", replies.Help(phrases[PhraseList.UnknownCommand]), question),
    };

    private static Answer Say(string step, Reply reply, Question question) => new(step, [reply], question.Conversation);
}

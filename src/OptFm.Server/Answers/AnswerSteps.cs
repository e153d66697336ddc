using OptFm.Server.Answers.Steps;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers;

/// <summary>THE order in which the bot tries to answer. Thread-safe; does no I/O and reads no clock.</summary>
/// <param name="faq">The FAQ that holds now; asked once for each message.</param>
/// <param name="phrases">The phrases that hold now; asked once for each message.</param>
public sealed class AnswerSteps(Func<FaqSnapshot> faq, Func<Phrases> phrases)
{
    /// <summary>How much of a text is read, in UTF-16 units. Bounds the work that one message can cause.</summary>
    public const int MostText = 4000;

    public AnswerSteps(FaqLibrary library)
        : this(() => library.Faq, () => library.Phrases)
    {
    }

    public Answer Answer(InboundMessage message, Conversation conversation)
    {
        var question = Read(message, conversation);
        foreach (var step in Steps(faq(), phrases()))
        {
            if (step.Try(question) is { } answer) return answer;
        }

        throw new InvalidOperationException("The last step answers everything");
    }

    /// <summary>What to say when answering failed, so that nobody waits in silence.</summary>
    public Answer Failed(Conversation conversation) =>
        new("error", [new ShopReplies(faq(), phrases()).WithContacts(PhraseList.Error)], conversation);

    private static IAnswerStep[] Steps(FaqSnapshot faq, Phrases phrases)
    {
        var replies = new ShopReplies(faq, phrases);
        return
        [
            new StoppedStep(),
            new StartStep(faq, replies),
            new ButtonStep(faq, replies),
            new CommandStep(phrases, replies),
            new NotTextStep(phrases, replies),
            new SmallTalkStep(faq, phrases, replies),
            new FaqStep(faq, replies),
            new FallbackStep(replies),
        ];
    }

    private static Question Read(InboundMessage message, Conversation conversation)
    {
        var known = conversation with { Blocked = false, FirstName = CustomerName.Clean(message.FirstName) ?? CustomerName.Clean(conversation.FirstName) };
        if (message.Text.Length <= MostText) return new(message, known);

        var end = char.IsHighSurrogate(message.Text[MostText - 1]) ? MostText - 1 : MostText;
        return new(message with { Text = message.Text[..end] }, known) { Cut = true };
    }
}

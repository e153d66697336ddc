using OptFm.Server.Answers.Steps;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Faq;
using OptFm.Server.Products;

namespace OptFm.Server.Answers;

/// <summary>THE order in which the bot tries to answer. Thread-safe; does no I/O and reads no clock.</summary>
/// <param name="faq">The FAQ that holds now; asked once for each message.</param>
/// <param name="phrases">The phrases that hold now; asked once for each message.</param>
/// <param name="price">The price list that holds now, null while there is none; asked once for each message.</param>
public sealed class AnswerSteps(Func<FaqSnapshot> faq, Func<Phrases> phrases, Func<PriceSnapshot?>? price = null)
{
    /// <summary>How much of a text is read, in UTF-16 units. Bounds the work that one message can cause.</summary>
    public const int MostText = 4000;

    public AnswerSteps(FaqLibrary library, PriceLibrary? price = null)
        : this(() => library.Faq, () => library.Phrases, () => price?.Current)
    {
    }

    public Answer Answer(InboundMessage message, Conversation conversation)
    {
        var question = Read(message, conversation);
        foreach (var step in Steps(faq(), phrases(), price?.Invoke()))
        {
            if (step.Try(question) is { } answer) return answer;
        }

        throw new InvalidOperationException("The last step answers everything");
    }

    /// <summary>What to say when answering failed, so that nobody waits in silence.</summary>
    public Answer Failed(Conversation conversation) =>
        new("error", [new ShopReplies(faq(), phrases()).WithContacts(PhraseList.Error)], conversation);

    private static IAnswerStep[] Steps(FaqSnapshot faq, Phrases phrases, PriceSnapshot? price)
    {
        var replies = new ShopReplies(faq, phrases);
        if (price is not null) return StepsWithGoods(faq, phrases, replies, price);
        return
        [
            new StoppedStep(),
            new StartStep(faq, replies),
            new ButtonStep(faq, replies),
            new CommandStep(phrases, replies),
            new NotTextStep(phrases, replies),
            new SmallTalkStep(faq, phrases, replies),
            new FaqStep(new FaqEar(faq), replies),
            new FallbackStep(replies),
        ];
    }

    /// <summary>The same order, with the price list's steps before those that would take its buttons, commands and searches.</summary>
    private static IAnswerStep[] StepsWithGoods(FaqSnapshot faq, Phrases phrases, ShopReplies replies, PriceSnapshot price)
    {
        var goods = new ProductReplies(price, phrases);
        var ear = new FaqEar(faq);
        return
        [
            new StoppedStep(),
            new StartStep(faq, replies),
            new ProductButtonStep(price, goods),
            new ButtonStep(faq, replies),
            new ProductCommandStep(price, phrases, replies, goods),
            new CommandStep(phrases, replies),
            new NotTextStep(phrases, replies),
            new SmallTalkStep(faq, phrases, replies),
            new ProductStep(price, ear, replies, goods),
            new FaqStep(ear, replies),
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

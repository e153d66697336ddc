using OptFm.Search.Faq;
using OptFm.Server.Channels;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers.Steps;

/// <summary>Pressed buttons. Old and forged ones get a fresh menu.</summary>
internal sealed class ButtonStep(FaqSnapshot faq, ShopReplies replies) : IAnswerStep
{
    public Answer? Try(Question question)
    {
        if (question.Message.Kind != InboundKind.Button) return null;

        var payload = question.Message.Payload ?? "";
        return payload switch
        {
            Payload.Menu => Say("menu", replies.MenuPage(), question),
            Payload.Help => Say("help", replies.Help(), question),
            Payload.Contacts => Say("contacts", replies.Contacts(), question),
            _ when Payload.ReadEntry(payload, faq) is { } entry => Say(entry, question),
            _ when Turned(payload) is { } page => Say("menu", InPlace(page, question), question),
            _ => Say("stale", replies.Stale(), question),
        };
    }

    private Reply? Turned(string payload)
    {
        if (Payload.ReadMenuPage(payload) is { } page) return replies.Menu.Root(page);
        return Payload.ReadCategory(payload) is var (category, number) ? replies.Menu.Category(category, number) : null;
    }

    /// <summary>A message too old to be named cannot be changed.</summary>
    private static Reply InPlace(Reply page, Question question) => page with { Replace = question.Message.MessageId is not null };

    private Answer Say(FaqEntry entry, Question question) =>
        new("faq", [replies.Entry(entry)], question.Conversation with { Topic = entry.Id });

    private static Answer Say(string step, Reply reply, Question question) => new(step, [reply], question.Conversation);
}

using OptFm.Server.Channels;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers.Steps;

/// <summary>An opened chat: a welcome, or at once the answer that a deep link such as <c>faq-12</c> names.</summary>
internal sealed class StartStep(FaqSnapshot faq, ShopReplies replies) : IAnswerStep
{
    public Answer? Try(Question question)
    {
        if (question.Message.Kind == InboundKind.Started) return Welcome(question, question.Message.Payload);
        return BotCommand.Read(question.Message) is { Name: "start" } command ? Welcome(question, command.Argument) : null;
    }

    private Answer Welcome(Question question, string? link)
    {
        var conversation = question.Conversation;
        var greeted = conversation with { Greeted = true };
        if (link is null || Payload.ReadLink(link.Trim(), faq) is not { } entry)
            return new("start", [replies.Guide(replies.Greetings.Start(conversation))], greeted);

        var greeting = replies.Greetings.Before(conversation);
        return new("start", [replies.Entry(entry, greeting)], greeted with { Topic = entry.Id });
    }
}

using OptFm.Server.Answers;
using OptFm.Server.Channels;

namespace OptFm.Server.Conversations;

/// <summary>One handled message: what to send, in order, and what to remember.</summary>
/// <param name="Step">Which step answered.</param>
public sealed record Handled(string Step, IReadOnlyList<OutboundMessage> Replies, Conversation Next);

/// <summary>THE spine: a customer's message and their conversation in, addressed calls out. No I/O.</summary>
/// <param name="limits">Of the channel that will send.</param>
/// <param name="answer">The answer steps.</param>
/// <param name="failed">What to say when answering failed.</param>
public sealed class HandleMessage(ChannelLimits limits, Func<InboundMessage, Conversation, Answer> answer, Func<Conversation, Answer> failed)
{
    public Handled Handle(InboundMessage message, Conversation conversation) => Address(message, answer(message, conversation));

    /// <summary>An honest word to a customer whose message could not be handled after all.</summary>
    public Handled Apologise(InboundMessage message, Conversation conversation) => Address(message, failed(conversation));

    private Handled Address(InboundMessage message, Answer answered) => new(answered.Step, [.. Address(message, answered.Replies)], answered.Next);

    private IEnumerable<OutboundMessage> Address(InboundMessage message, IReadOnlyList<Reply> replies)
    {
        var inPlace = InPlace(message, replies);
        if (message.CallbackId is not null && inPlace is null)
            yield return new OutboundMessage(OutboundKind.CallbackAnswer, message.Chat, "") { CallbackId = message.CallbackId };

        foreach (var reply in replies)
        {
            if (ReferenceEquals(reply, inPlace))
            {
                yield return new OutboundMessage(OutboundKind.Replace, message.Chat, reply.Text)
                {
                    Keyboard = reply.Keyboard,
                    CallbackId = message.CallbackId,
                    MessageId = message.MessageId,
                };
                continue;
            }

            var parts = MarkupSplitter.Split(reply.Text, limits.TextLength);
            for (var i = 0; i < parts.Count; i++)
            {
                yield return new OutboundMessage(OutboundKind.Message, message.Chat, parts[i])
                {
                    Keyboard = i == parts.Count - 1 ? reply.Keyboard : null,
                };
            }
        }
    }

    /// <returns>The reply that can take the place of the message whose button was pressed.</returns>
    private Reply? InPlace(InboundMessage message, IReadOnlyList<Reply> replies)
    {
        if (message is not { Kind: InboundKind.Button, CallbackId: not null, MessageId: not null }) return null;
        if (replies is not [{ Replace: true } only]) return null;
        return MarkupSplitter.Split(only.Text, limits.TextLength).Count == 1 ? only : null;
    }
}

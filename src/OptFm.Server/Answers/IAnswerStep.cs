using OptFm.Server.Channels;
using OptFm.Server.Conversations;

namespace OptFm.Server.Answers;

/// <summary>One way of answering. Steps are tried in the order of <see cref="AnswerSteps"/>; the first answer wins.</summary>
public interface IAnswerStep
{
    /// <returns>Null when this step has nothing to say. Pure: no I/O, no clock.</returns>
    Answer? Try(Question question);
}

/// <summary>What a customer did and what is known of their chat.</summary>
public sealed record Question(InboundMessage Message, Conversation Conversation)
{
    /// <summary>Whether the text was longer than the bot reads.</summary>
    public bool Cut { get; init; }

    /// <summary>The text taken apart, once for all steps.</summary>
    public SmallTalk Talk => field ??= SmallTalk.Read(Message.Text);
}

/// <summary>What to say and what to remember.</summary>
/// <param name="Step">Which step answered; for logs, metrics and tests, such as <c>faq</c> or <c>fallback</c>.</param>
/// <param name="Replies">In order; empty when silence is right.</param>
/// <param name="Next">The conversation afterwards.</param>
public sealed record Answer(string Step, IReadOnlyList<Reply> Replies, Conversation Next);

/// <summary>One reply before it is addressed and split.</summary>
/// <param name="Text">Neutral markup, any length.</param>
public sealed record Reply(string Text, Keyboard? Keyboard = null)
{
    /// <summary>Whether it should take the place of the message whose button was pressed.</summary>
    public bool Replace { get; init; }
}

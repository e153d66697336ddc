namespace OptFm.Server.Channels;

/// <summary>What a customer did, in the same words for every messenger.</summary>
public enum InboundKind
{
    /// <summary>A text message, possibly a command such as <c>/faq</c>.</summary>
    Text,

    /// <summary>A press of an inline button; <see cref="InboundMessage.Payload"/> says which.</summary>
    Button,

    /// <summary>The chat was opened; <see cref="InboundMessage.Payload"/> is the deep link's payload, if any.</summary>
    Started,

    /// <summary>The customer stopped or blocked the bot: nothing more may be sent to the chat.</summary>
    Stopped,
}

/// <summary>One thing a customer did, read from a stored update.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Chat">The chat to answer in: the lane of the message within its channel.</param>
/// <param name="Text">The customer's words, empty where there are none. Never markup: escape before quoting.</param>
public sealed record InboundMessage(InboundKind Kind, string Chat, string Text)
{
    /// <summary>The pressed button's payload or the deep link's payload.</summary>
    public string? Payload { get; init; }

    /// <summary>What the messenger wants named when the press is answered.</summary>
    public string? CallbackId { get; init; }

    /// <summary>The message that holds the pressed button, so that a menu can be changed in place.</summary>
    public string? MessageId { get; init; }

    /// <summary>The customer's first name as they gave it to the messenger.</summary>
    public string? FirstName { get; init; }

    /// <summary>The customer's language, such as <c>ru</c>.</summary>
    public string? Language { get; init; }
}

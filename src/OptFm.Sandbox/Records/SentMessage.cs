using System.Text.Json.Serialization;
using OptFm.Sandbox.Faults;

namespace OptFm.Sandbox.Records;

/// <summary>A message the messenger took from the bot.</summary>
/// <param name="Messenger">Which fake took it.</param>
/// <param name="Chat">The chat it went to.</param>
/// <param name="Text">The text as received, markup and all.</param>
/// <param name="MessageId">The id the messenger gave it.</param>
public sealed record SentMessage(Messenger Messenger, string Chat, string Text, string MessageId)
{
    /// <summary>How the bot wants the text read: <c>html</c>, <c>markdown</c>, <c>HTML</c>…; null is plain text.</summary>
    public string? Format { get; init; }

    /// <summary>Inline buttons row by row; empty without a keyboard.</summary>
    public IReadOnlyList<IReadOnlyList<SeenButton>> Keyboard { get; init; } = [];

    /// <summary>When it arrived, counted from the server's start on a clock that never goes back.</summary>
    public TimeSpan ArrivedAt { get; init; }

    /// <summary>The <see cref="SeenCall.Number"/> of the call that brought it.</summary>
    public long Call { get; init; }

    /// <summary>As for <see cref="SeenCall"/>.</summary>
    public string? Caller { get; init; }

    /// <summary>All buttons of all rows.</summary>
    [JsonIgnore]
    public IEnumerable<SeenButton> Buttons => Keyboard.SelectMany(static row => row);
}

/// <summary>An inline button as a customer sees it.</summary>
/// <param name="Type">MAX's name of the type (<c>callback</c>, <c>link</c>…), used for the other messengers too.</param>
/// <param name="Text">The label.</param>
/// <param name="Payload">What a press sends back.</param>
/// <param name="Url">Where a link leads.</param>
public sealed record SeenButton(string Type, string Text, string? Payload = null, string? Url = null);

/// <summary>A change of a message the bot had sent.</summary>
public sealed record EditedMessage(Messenger Messenger, string Chat, string MessageId, string Text)
{
    public string? Format { get; init; }

    public IReadOnlyList<IReadOnlyList<SeenButton>> Keyboard { get; init; } = [];

    public TimeSpan ArrivedAt { get; init; }
}

/// <summary>The bot's answer to a button press. MAX may change the message in the same call; then an <see cref="EditedMessage"/> is recorded too.</summary>
public sealed record CallbackAnswer(Messenger Messenger, string Chat, string CallbackId, string? Notification)
{
    public TimeSpan ArrivedAt { get; init; }
}

/// <summary>A call that came faster than the messenger allows; it was answered 429.</summary>
/// <param name="Messenger">Whose limit.</param>
/// <param name="Method">Which call.</param>
/// <param name="Chat">The chat it was for, where there is one.</param>
/// <param name="Limit">Which limit, in words.</param>
public sealed record Violation(Messenger Messenger, string Method, string? Chat, string Limit);

/// <summary>A call that is over, however it ended.</summary>
/// <param name="Number">Tells it from every other of this server.</param>
/// <param name="Caller">The name in the address it came by (<c>/via/NAME/max</c>); null where there is none.</param>
/// <param name="Fault">What went wrong on purpose.</param>
/// <param name="Status">The status that was answered; null when the connection was cut, or the bot hung up before the answer.</param>
public sealed record SeenCall(long Number, Messenger Messenger, string Method, string? Chat, string? Caller, FaultKind? Fault, int? Status);

/// <summary>One try to deliver one update to one webhook.</summary>
/// <param name="Messenger">Who delivers.</param>
/// <param name="Type">The update's type.</param>
/// <param name="Number">1 for the first try.</param>
/// <param name="Status">The webhook's answer, null when none came.</param>
/// <param name="Accepted">Whether the messenger takes the update as delivered.</param>
public sealed record DeliveryAttempt(Messenger Messenger, string Type, string Chat, string Url, int Number, int? Status, bool Accepted)
{
    /// <summary>Why no answer came.</summary>
    public string? Error { get; init; }
}

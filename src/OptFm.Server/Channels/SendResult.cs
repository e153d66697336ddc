namespace OptFm.Server.Channels;

/// <summary>What became of one call to a messenger.</summary>
public enum SendOutcome
{
    /// <summary>The messenger has it.</summary>
    Sent,

    /// <summary>The messenger certainly does not have it, and later it may: 429, 5xx, connection refused.</summary>
    Retry,

    /// <summary>The request was written and no answer came: it may or may not have been delivered.</summary>
    Unknown,

    /// <summary>The messenger will never take it: a 4xx about the message itself.</summary>
    Refused,

    /// <summary>The person blocked the bot or is gone: nothing may be sent to this chat.</summary>
    Blocked,

    /// <summary>The chat moved (Telegram's <c>migrate_to_chat_id</c>): send it to <see cref="SendResult.MovedTo"/>.</summary>
    Moved,
}

/// <summary>The outcome of a send and what is to be known about it.</summary>
public sealed record SendResult(SendOutcome Outcome)
{
    /// <summary>The messenger's id of the new message.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why, for an administrator. Never holds a token, a URL with a token, or a customer's text.</summary>
    public string? Reason { get; init; }

    /// <summary>How long the messenger asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public string? MovedTo { get; init; }

    /// <summary>Whether a retry is worth only so many attempts (MAX_RETRY_ATTEMPTS): the fault is the message's, not the messenger's.</summary>
    public bool Limited { get; init; }

    public static SendResult Sent(string? messageId) => new(SendOutcome.Sent) { MessageId = messageId };

    public static SendResult Retry(string reason, TimeSpan? after = null) => new(SendOutcome.Retry) { Reason = reason, RetryAfter = after };

    public static SendResult Unknown(string reason) => new(SendOutcome.Unknown) { Reason = reason };

    public static SendResult Refused(string reason) => new(SendOutcome.Refused) { Reason = reason };

    public static SendResult Blocked(string reason) => new(SendOutcome.Blocked) { Reason = reason };

    public static SendResult Moved(string chat) => new(SendOutcome.Moved) { MovedTo = chat, Reason = "the chat moved" };
}

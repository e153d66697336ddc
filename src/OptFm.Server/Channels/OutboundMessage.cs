namespace OptFm.Server.Channels;

/// <summary>What one outbox row asks of a messenger. One row is one API call, so that limits and retries count calls.</summary>
public enum OutboundKind
{
    /// <summary>Send a new message.</summary>
    Message,

    /// <summary>Change the message with the pressed button in place (<see cref="OutboundMessage.MessageId"/>), answering the press.</summary>
    Replace,

    /// <summary>Tell the messenger that a press was seen, so that its button stops spinning. Worth nothing a minute later.</summary>
    CallbackAnswer,
}

/// <summary>A reply in neutral markup, before a channel renders it.</summary>
/// <param name="Kind">Which call it is.</param>
/// <param name="Chat">Where to.</param>
/// <param name="Text">Neutral markup, already split to the channel's length.</param>
public sealed record OutboundMessage(OutboundKind Kind, string Chat, string Text)
{
    public Keyboard? Keyboard { get; init; }

    public string? CallbackId { get; init; }

    public string? MessageId { get; init; }
}

/// <summary>Inline buttons, row by row.</summary>
public sealed record Keyboard(IReadOnlyList<IReadOnlyList<Button>> Rows)
{
    /// <summary>One button to a row, as suits long Russian labels on phones.</summary>
    public static Keyboard Column(IEnumerable<Button> buttons) => new([.. buttons.Select(b => (IReadOnlyList<Button>)[b])]);
}

/// <summary>An inline button: it sends <paramref name="Payload"/> back, or opens <paramref name="Url"/>. Exactly one is set.</summary>
public sealed record Button(string Text, string? Payload = null, string? Url = null);

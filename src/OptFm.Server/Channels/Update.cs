namespace OptFm.Server.Channels;

/// <summary>An update as its channel reads it: its identity, its lane, and what it means.</summary>
/// <param name="Key">The same for every delivery of the same update, and for no other update of the channel.</param>
/// <param name="Type">The messenger's own name for it, such as <c>message_created</c>; for people and for metrics.</param>
/// <param name="Chat">The lane; empty where the update belongs to no chat.</param>
public sealed record Update(string Key, string Type, string Chat)
{
    /// <summary>What the customer did, or null where there is nothing to answer.</summary>
    public InboundMessage? Message { get; init; }

    /// <summary>Why there is nothing to answer, in words for an administrator; null where there is.</summary>
    public string? Skipped { get; init; }
}

using OptFm.Server.Answers;

namespace OptFm.Server.Conversations;

/// <summary>What the bot remembers of a chat between messages.</summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="Chat">The chat within it.</param>
public sealed record Conversation(string Channel, string Chat)
{
    /// <summary>How long after the chat's last message an FAQ entry is still what "а в Ярославль?" is about.</summary>
    public static readonly TimeSpan TopicLife = TimeSpan.FromMinutes(30);

    /// <summary>The customer's first name, once known.</summary>
    public string? FirstName { get; init; }

    /// <summary>Whether the bot has said hello; the customer's name is said then, and not in each answer.</summary>
    public bool Greeted { get; init; }

    /// <summary>What was answered last: the id of an FAQ entry, or <c>price:</c> and the search of the price list; for follow-ups.</summary>
    public string? Topic { get; init; }

    /// <summary>Whether the person blocked the bot; set by the messenger's word, cleared when they write again.</summary>
    public bool Blocked { get; init; }

    /// <summary>The conversation after a silence. Searches are kept: their buttons in the chat go on working.</summary>
    public Conversation After(TimeSpan silence) =>
        silence <= TopicLife || Topic?.StartsWith(ProductPayload.Prefix, StringComparison.Ordinal) != false ? this : this with { Topic = null };
}

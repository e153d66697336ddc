namespace OptFm.Server.Storage;

/// <summary>
/// The place of a piece of work among those that share its transaction. Transactions of several nodes that lock rows in one order cannot
/// wait for each other in a circle: work on chats goes by the chats' names, and claims, which wait for nobody, come last.
/// </summary>
public readonly record struct Turn
{
    private const byte Latest = 2;

    private readonly byte _group;

    private Turn(byte group, string channel, string chat)
    {
        _group = group;
        Channel = channel;
        Chat = chat;
    }

    /// <summary>Of work that touches rows of no particular chat.</summary>
    public static Turn Any { get; } = new(0, "", "");

    /// <summary>Of work that takes what nobody holds.</summary>
    public static Turn Claiming { get; } = new(Latest, "", "");

    internal static IComparer<Turn> Order { get; } = Comparer<Turn>.Create(Compare);

    public string Channel { get; }

    public string Chat { get; }

    public bool IsClaim => _group == Latest;

    /// <summary>Of work on rows of this chat alone.</summary>
    public static Turn Of(string channel, string chat) => new(1, channel, chat);

    private static int Compare(Turn one, Turn other)
    {
        if (one._group != other._group) return one._group.CompareTo(other._group);
        var order = string.CompareOrdinal(one.Channel, other.Channel);
        return order != 0 ? order : string.CompareOrdinal(one.Chat, other.Chat);
    }
}

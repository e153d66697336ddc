using System.Collections.Concurrent;

namespace OptFm.Sandbox.Customers;

/// <summary>The chats a messenger knows, and who in them has blocked the bot.</summary>
public sealed class ChatBook
{
    private readonly ConcurrentDictionary<string, Chat> chats = new();
    private readonly ConcurrentDictionary<string, string> chatOfUser = new();

    public bool Knows(string chat) => chats.ContainsKey(chat);

    public bool IsBlocked(string chat) => chats.TryGetValue(chat, out var known) && known.Blocked;

    /// <summary>The dialog with a person, as MAX's <c>user_id</c> addresses it.</summary>
    public string? DialogWith(string user) => chatOfUser.GetValueOrDefault(user);

    /// <summary>Makes a chat known, so that the bot may write there.</summary>
    public void Open(string chat, string user)
    {
        chats.TryAdd(chat, new Chat());
        chatOfUser.TryAdd(user, chat);
    }

    public void Block(string chat, bool blocked) => chats.GetOrAdd(chat, static _ => new Chat()).Blocked = blocked;

    public void Clear()
    {
        chats.Clear();
        chatOfUser.Clear();
    }

    private sealed class Chat
    {
        internal volatile bool Blocked;
    }
}

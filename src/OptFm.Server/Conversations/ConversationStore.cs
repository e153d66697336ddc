using System.Data.Common;
using OptFm.Server.Storage;

namespace OptFm.Server.Conversations;

/// <summary>The statements that remember conversations; each runs inside a transaction of the caller's.</summary>
public static class ConversationStore
{
    /// <param name="now">What is only for follow-ups is forgotten after a silence.</param>
    public static Conversation Load(Session session, string channel, string chat, long now) =>
        LoadLater(session, channel, chat, now).Value ?? new Conversation(channel, chat);

    /// <returns>As <see cref="Load"/>; null where nothing is known of the chat yet.</returns>
    public static Later<Conversation?> LoadLater(Session session, string channel, string chat, long now) => session.FirstLater(
        "SELECT first_name, topic, blocked, greeted, updated_at FROM conversation WHERE channel = @channel AND chat = @chat",
        r => Read(r, channel, chat).After(TimeSpan.FromMilliseconds(now - r.GetInt64(4))),
        ("@channel", channel), ("@chat", chat));

    public static void Save(Session session, Conversation conversation, long now) => session.Write(
        """
        INSERT INTO conversation (channel, chat, first_name, topic, blocked, greeted, updated_at)
        VALUES (@channel, @chat, @name, @topic, @blocked, @greeted, @now)
        ON CONFLICT (channel, chat) DO UPDATE SET first_name = @name, topic = @topic, blocked = @blocked, greeted = @greeted, updated_at = @now
        """,
        ("@channel", conversation.Channel), ("@chat", conversation.Chat), ("@name", conversation.FirstName),
        ("@topic", conversation.Topic), ("@blocked", conversation.Blocked ? 1 : 0), ("@greeted", conversation.Greeted ? 1 : 0), ("@now", now));

    /// <summary>The messenger said that nothing may be sent to the chat.</summary>
    public static void Block(Session session, string channel, string chat, long now) =>
        Save(session, Load(session, channel, chat, now) with { Blocked = true }, now);

    private static Conversation Read(DbDataReader r, string channel, string chat) =>
        new(channel, chat) { FirstName = Text(r, 0), Topic = Text(r, 1), Blocked = r.GetInt64(2) == 1, Greeted = r.GetInt64(3) == 1 };

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

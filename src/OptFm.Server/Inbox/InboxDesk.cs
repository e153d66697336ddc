using System.Data.Common;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Inbox;

/// <summary>One update as the administrator sees it.</summary>
public sealed record ListedUpdate(
    long Id, string Channel, string Chat, string Type, string Key, InboxState State, int Attempts, string? Reason, long ReceivedAt, long? FinishedAt, byte[] Body);

/// <summary>What an administrator may do with the inbox: see and repeat.</summary>
public static class InboxDesk
{
    private const string Columns = "SELECT id, channel, chat, type, key, state, attempts, reason, received_at, finished_at, body FROM inbox ";

    /// <param name="state">Only updates of this state; null lists all.</param>
    /// <param name="most">At most so many, the newest.</param>
    public static List<ListedUpdate> List(Session session, InboxState? state, int most) => session.All(
        Columns + "WHERE @state IS NULL OR state = @state ORDER BY id DESC LIMIT @most", Read, ("@state", (int?)state), ("@most", most));

    public static ListedUpdate? Find(Session session, long id) => session.First(Columns + "WHERE id = @id", Read, ("@id", id));

    /// <summary>Has an update handled again, whatever became of it before: the customer is answered once more.</summary>
    /// <returns>False when it is not there or belongs to no chat.</returns>
    public static bool Replay(Session session, long id, long now)
    {
        var lane = session.First<(string Channel, string Chat)?>(
            "UPDATE inbox SET state = 0, attempts = 0, reason = NULL, finished_at = NULL WHERE id = @id AND chat <> '' RETURNING channel, chat",
            r => (r.GetString(0), r.GetString(1)),
            ("@id", id));
        if (lane is not { } found) return false;

        Lanes.Hurry(session, QueueName.In, found.Channel, found.Chat, now);
        return true;
    }

    private static ListedUpdate Read(DbDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), (InboxState)r.GetInt32(5), r.GetInt32(6),
        r.IsDBNull(7) ? null : r.GetString(7), r.GetInt64(8), r.IsDBNull(9) ? null : r.GetInt64(9), r.GetFieldValue<byte[]>(10));
}

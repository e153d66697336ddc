using System.Data.Common;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Outbox;

/// <summary>One reply as the administrator sees it.</summary>
public sealed record ListedReply(
    long Id, string Channel, string Chat, long? InboxId, OutboxState State, int Attempts, int Unknowns, string? Reason, long CreatedAt, long? FinishedAt, string Message);

/// <summary>What an administrator may do with the outbox: see and repeat.</summary>
public static class OutboxDesk
{
    private const string Columns = "SELECT id, channel, chat, inbox_id, state, attempts, unknowns, reason, created_at, finished_at, message FROM outbox ";

    /// <param name="state">Only replies of this state; null lists all.</param>
    /// <param name="most">At most so many, the newest.</param>
    public static List<ListedReply> List(Session session, OutboxState? state, int most) => session.All(
        Columns + "WHERE @state IS NULL OR state = @state ORDER BY id DESC LIMIT @most", Read, ("@state", (int?)state), ("@most", most));

    public static ListedReply? Find(Session session, long id) => session.First(Columns + "WHERE id = @id", Read, ("@id", id));

    /// <summary>Lets a buried reply, or one waiting for its next attempt, be tried at once with its counts forgotten.</summary>
    /// <returns>False when it is sent already, is being sent, or is not there.</returns>
    public static bool Retry(Session session, long id, long now)
    {
        var lane = session.First<(string Channel, string Chat)?>(
            """
            UPDATE outbox SET state = 0, attempts = 0, unknowns = 0, finished_at = NULL, created_at = @now
            WHERE id = @id AND state IN (0, 3) RETURNING channel, chat
            """,
            r => (r.GetString(0), r.GetString(1)),
            ("@id", id), ("@now", now));
        if (lane is not { } found) return false;

        Lanes.Hurry(session, QueueName.Out, found.Channel, found.Chat, now);
        return true;
    }

    private static ListedReply Read(DbDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetInt64(3), (OutboxState)r.GetInt32(4), r.GetInt32(5), r.GetInt32(6),
        r.IsDBNull(7) ? null : r.GetString(7), r.GetInt64(8), r.IsDBNull(9) ? null : r.GetInt64(9), r.GetString(10));
}

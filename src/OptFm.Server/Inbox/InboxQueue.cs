using Microsoft.Data.Sqlite;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Inbox;

/// <summary>The statements by which a worker takes updates and says what became of them; each runs inside a transaction of the caller's.</summary>
public static class InboxQueue
{
    /// <summary>The first updates of a claimed lane, in the order in which they were stored.</summary>
    public static List<PendingUpdate> Pending(Session session, Claim claim, int most) => session.All(
        "SELECT id, body, attempts, received_at, trace FROM inbox WHERE channel = @channel AND chat = @chat AND state = 0 ORDER BY id LIMIT @most",
        r => new PendingUpdate(r.GetInt64(0), Blob(r, 1), r.GetInt32(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetString(4)),
        ("@channel", claim.Channel), ("@chat", claim.Chat), ("@most", most));

    public static void Finish(Session session, long id, InboxState state, string? reason, long now) => session.Execute(
        "UPDATE inbox SET state = @state, reason = @reason, finished_at = @now WHERE id = @id",
        ("@state", (int)state), ("@reason", reason), ("@now", now), ("@id", id));

    public static void CountAttempt(Session session, long id, string reason) => session.Execute(
        "UPDATE inbox SET attempts = attempts + 1, reason = @reason WHERE id = @id",
        ("@reason", reason), ("@id", id));

    /// <summary>Gives the lane back: due at once when more waits in it.</summary>
    public static void Release(Session session, Claim claim, long now)
    {
        var more = session.First(
            "SELECT 1 FROM inbox WHERE channel = @channel AND chat = @chat AND state = 0 LIMIT 1",
            r => true,
            ("@channel", claim.Channel), ("@chat", claim.Chat));
        Lanes.Release(session, claim, more ? now : null);
    }

    private static byte[] Blob(SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);
}

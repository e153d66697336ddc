using System.Data.Common;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Inbox;

/// <summary>The statements by which a worker takes updates and says what became of them; each runs inside a transaction of the caller's.</summary>
public static class InboxQueue
{
    private static readonly string ReleaseLane = Lanes.ReleaseWhere("inbox WHERE state = 0");

    /// <summary>The first updates of a claimed lane, in the order in which they were stored.</summary>
    public static Later<List<PendingUpdate>> Pending(Session session, Claim claim, int most) => session.AllLater(
        "SELECT id, body, attempts, received_at, trace FROM inbox WHERE channel = @channel AND chat = @chat AND state = 0 ORDER BY id LIMIT @most",
        r => new PendingUpdate(r.GetInt64(0), Blob(r, 1), r.GetInt32(2), r.GetInt64(3), r.IsDBNull(4) ? null : r.GetString(4)),
        ("@channel", claim.Channel), ("@chat", claim.Chat), ("@most", most));

    public static void Finish(Session session, long id, InboxState state, string? reason, long now) => session.Write(
        "UPDATE inbox SET state = @state, reason = @reason, finished_at = @now WHERE id = @id",
        ("@state", (int)state), ("@reason", reason), ("@now", now), ("@id", id));

    public static void CountAttempt(Session session, long id, string reason) => session.Write(
        "UPDATE inbox SET attempts = attempts + 1, reason = @reason WHERE id = @id",
        ("@reason", reason), ("@id", id));

    /// <summary>Gives the lane back: due at once when more waits in it.</summary>
    public static void Release(Session session, Claim claim, long now) => Lanes.ReleaseAsked(session, ReleaseLane, claim, now);

    private static byte[] Blob(DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);
}

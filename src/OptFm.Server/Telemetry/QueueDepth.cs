using System.Data.Common;
using OptFm.Server.Storage;

namespace OptFm.Server.Telemetry;

/// <summary>How much waits in one channel's inbox or outbox.</summary>
/// <param name="Waiting">At most <see cref="Most"/>; more is counted as that many.</param>
/// <param name="Oldest">Since when the oldest of them waits, Unix ms; null when none does.</param>
internal sealed record QueueDepth(long Waiting, long? Oldest)
{
    /// <summary>Counting stops here: a scrape must cost little just when much waits. What is done is not looked at.</summary>
    public const int Most = 10_000;

    public static QueueDepth OfInbox(Session session, string channel) => session.First(
        $"""
        WITH waiting (id) AS MATERIALIZED (SELECT id FROM inbox {session.Queue.By("inbox_pending")} WHERE channel = @channel AND state = 0 LIMIT @most)
        SELECT (SELECT count(*) FROM waiting), (SELECT received_at FROM inbox WHERE id = (SELECT min(id) FROM waiting))
        """,
        Read,
        ("@channel", channel), ("@most", Most))!;

    public static QueueDepth OfOutbox(Session session, string channel) => session.First(
        $"""
        WITH waiting (id) AS MATERIALIZED (SELECT id FROM outbox {session.Queue.By("outbox_waiting")} WHERE channel = @channel AND state < 2 LIMIT @most)
        SELECT (SELECT count(*) FROM waiting), (SELECT created_at FROM outbox WHERE id = (SELECT min(id) FROM waiting))
        """,
        Read,
        ("@channel", channel), ("@most", Most))!;

    private static QueueDepth Read(DbDataReader r) => new(r.GetInt64(0), r.IsDBNull(1) ? null : r.GetInt64(1));
}

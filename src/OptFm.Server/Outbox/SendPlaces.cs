using OptFm.Server.Nodes;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Outbox;

/// <summary>
/// How fast one bot may call its messenger, whatever number of nodes calls. There is a place for each call that may be made within a window; a
/// call holds one from before it is made until a whole window after its answer came, as with <see cref="CallWindow"/>. Places are taken in the
/// transaction that claims and given back in the one that settles, by the database's clock. PostgreSQL alone has the table.
/// </summary>
public static class SendPlaces
{
    private const long Second = 1000;
    private const long Minute = 60_000;

    /// <summary>
    /// As <see cref="QueueSql.Claim"/>, but of the lanes that are due only so many as there are places, which are taken with them. A lane that
    /// changed while it was being looked at is not claimed, and then takes no place. free_at is when a place is taken back from a holder that never
    /// says what became of it.
    /// </summary>
    private const string ClaimSql =
        $"""
        WITH due AS MATERIALIZED (
            SELECT at, row_number() OVER () AS n FROM (
                SELECT ctid AS at FROM lane WHERE queue = @queue AND channel = @channel AND due_at <= @now ORDER BY due_at
                LIMIT (SELECT LEAST(@most, count(*)) FROM send_place WHERE channel = @channel AND free_at <= {NodeTable.Now})
                FOR UPDATE SKIP LOCKED) AS lanes),
        place AS MATERIALIZED (
            SELECT number, row_number() OVER () AS n FROM (
                SELECT number FROM send_place WHERE channel = @channel AND free_at <= {NodeTable.Now} ORDER BY free_at
                LIMIT (SELECT count(*) FROM due)
                FOR UPDATE SKIP LOCKED) AS places),
        taken AS (
            UPDATE lane SET claimed = @token, fence = fence + 1, due_at = @lease
            FROM due JOIN place ON place.n = due.n WHERE lane.ctid = ANY (ARRAY(SELECT at FROM due)) AND lane.ctid = due.at
            RETURNING lane.chat, lane.fence, lane.calls, place.number),
        held AS (
            UPDATE send_place SET holder = @token, free_at = @lease FROM taken WHERE send_place.channel = @channel AND send_place.number = taken.number)
        SELECT chat, fence, calls, number FROM taken
        """;

    /// <summary>Has the channel as many places as the limit allows; for all nodes, those too that were started with another limit.</summary>
    /// <param name="perMinute">From 60 on the limit is kept in each second, which keeps it in each minute; below, a minute's calls may go at once.</param>
    public static void Prepare(Session session, string channel, int perMinute)
    {
        var (places, rest) = perMinute < 60 ? (perMinute, Minute) : (perMinute / 60, Second);
        session.Write(
            """
            INSERT INTO send_place (channel, number, rest) SELECT @channel, n, @rest FROM generate_series(1, @places) AS n
            WHERE NOT EXISTS (SELECT 1 FROM send_place WHERE channel = @channel AND number = n AND rest = @rest)
            ON CONFLICT (channel, number) DO UPDATE SET rest = EXCLUDED.rest
            """,
            ("@channel", channel), ("@rest", rest), ("@places", places));
        session.Write("DELETE FROM send_place WHERE channel = @channel AND number > @places", ("@channel", channel), ("@places", places));
    }

    /// <inheritdoc cref="Lanes.ClaimDue"/>
    public static List<Claim> ClaimDue(Session session, string channel, int most, long now, long lease, long node)
    {
        var token = session.Queue.NewToken(node);
        return session.All(
            ClaimSql,
            r => new Claim(QueueName.Out, channel, r.GetString(0), r.GetInt64(1), token) { Calls = r.IsDBNull(2) ? null : r.GetString(2), Place = r.GetInt32(3) },
            ("@queue", QueueName.Out), ("@channel", channel), ("@now", now), ("@lease", lease), ("@most", most), ("@token", token));
    }

    /// <returns>When the next place is free, Unix ms; null when there is none at all.</returns>
    public static Later<long?> NextFreeLater(Session session, string channel) => session.FirstLater<long?>(
        "SELECT min(free_at) FROM send_place WHERE channel = @channel", r => r.IsDBNull(0) ? null : r.GetInt64(0), ("@channel", channel));

    /// <summary>Gives the claim's place back, if it came with one and still has it.</summary>
    /// <param name="called">Whether a call was made. If not, the place is free at once.</param>
    public static void Leave(Session session, Claim claim, bool called)
    {
        if (claim.Place is not { } place) return;

        session.Write(
            $"""
            UPDATE send_place SET holder = 0, free_at = CASE WHEN @called = 1 THEN {NodeTable.Now} + 1 + rest ELSE 0 END
            WHERE channel = @channel AND number = @place AND holder = @token
            """,
            ("@called", called ? 1 : 0), ("@channel", claim.Channel), ("@place", place), ("@token", claim.Token));
    }
}

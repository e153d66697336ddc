using System.Data.Common;
using OptFm.Server.Channels;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Outbox;

/// <summary>What became of a reply. Drawn in docs/queue-states.md; the numbers are stored.</summary>
public enum OutboxState
{
    /// <summary>Waits for its turn, its chat's limit or its next attempt.</summary>
    Waiting = 0,

    /// <summary>A call to the messenger is under way, or was when the process died.</summary>
    Sending = 1,

    /// <summary>The messenger has it.</summary>
    Sent = 2,

    /// <summary>Given up, with a reason; <c>optfm outbox retry</c> tries it again.</summary>
    Buried = 3,
}

/// <summary>A reply in a worker's hands.</summary>
/// <param name="Json">The message as stored; read by the worker and not by the database's only writer.</param>
/// <param name="Attempts">Calls made for it so far, this one included.</param>
/// <param name="Unknowns">Calls of which nobody knows whether they were heard.</param>
public sealed record ClaimedReply(Claim Claim, long Id, string Json, int Attempts, int Unknowns, long CreatedAt)
{
    /// <summary>When the update that it answers was stored, Unix ms; null where it answers none.</summary>
    public long? ReceivedAt { get; init; }

    /// <summary>The trace it belongs to, see <see cref="Telemetry.BotTraces.Current"/>.</summary>
    public string? Trace { get; init; }

    /// <summary>Whether whoever sent it last died over it: a call may have been made that no limit has counted.</summary>
    public bool SenderDied { get; init; }

    public OutboundMessage Message => field ??= OutboxJson.Read(Json, Claim.Chat);
}

/// <summary>The statements of the outbox; each runs inside a transaction of the caller's.</summary>
public static class OutboxStore
{
    /// <summary>Why a reply waits whose sender died.</summary>
    private const string Died = "the server stopped while sending: outcome unknown";

    private static readonly string ReleaseLane = Lanes.ReleaseWhere("outbox WHERE state < 2");

    /// <param name="json">The message, from <see cref="OutboxJson.Write"/>.</param>
    /// <param name="receivedAt">When the update that it answers was stored, Unix ms.</param>
    /// <param name="trace">The trace it belongs to.</param>
    public static void Add(Session session, string channel, string chat, long? inboxId, string json, long now, long? receivedAt = null, string? trace = null)
    {
        session.Write(
            """
            INSERT INTO outbox (channel, chat, inbox_id, message, state, created_at, received_at, trace)
            VALUES (@channel, @chat, @inbox, @message, 0, @now, @received, @trace)
            """,
            ("@channel", channel), ("@chat", chat), ("@inbox", inboxId), ("@message", json), ("@now", now), ("@received", receivedAt), ("@trace", trace));
        Lanes.Wake(session, QueueName.Out, channel, chat, now);
    }

    /// <summary>Claims due lanes and marks the first reply of each as being sent: after a crash it is known which outcomes are unknown.</summary>
    /// <returns>What was claimed; a lane in which nothing waits any more has no reply, and is to be released.</returns>
    public static List<(Claim Claim, Later<ClaimedReply?> Reply)> Claim(Session session, string channel, int most, long now, long lease, long node = 0) =>
        Mark(session, Lanes.ClaimDue(session, QueueName.Out, channel, most, now, lease, node));

    /// <summary>As <see cref="Claim"/>, with a place for each: see <see cref="SendPlaces"/>.</summary>
    public static List<(Claim Claim, Later<ClaimedReply?> Reply)> ClaimPlaced(Session session, string channel, int most, long now, long lease, long node) =>
        Mark(session, SendPlaces.ClaimDue(session, channel, most, now, lease, node));

    public static void Sent(Session session, ClaimedReply reply, string? messageId, long now) => session.Write(
        "UPDATE outbox SET state = 2, message_id = @message, reason = NULL, finished_at = @now WHERE id = @id",
        ("@message", messageId), ("@now", now), ("@id", reply.Id));

    public static void Wait(Session session, ClaimedReply reply, string reason, bool unknown) => session.Write(
        "UPDATE outbox SET state = 0, reason = @reason, unknowns = unknowns + @unknown WHERE id = @id",
        ("@reason", reason), ("@unknown", unknown ? 1 : 0), ("@id", reply.Id));

    public static void Bury(Session session, ClaimedReply reply, string reason, long now) => session.Write(
        "UPDATE outbox SET state = 3, reason = @reason, finished_at = @now WHERE id = @id",
        ("@reason", reason), ("@now", now), ("@id", reply.Id));

    /// <summary>Buries whatever waits for a chat that must not be written to.</summary>
    public static void BuryChat(Session session, string channel, string chat, string reason, long now) => session.Write(
        "UPDATE outbox SET state = 3, reason = @reason, finished_at = @now WHERE channel = @channel AND chat = @chat AND state < 2",
        ("@reason", reason), ("@now", now), ("@channel", channel), ("@chat", chat));

    /// <summary>Moves whatever waits for a chat to the chat it became.</summary>
    public static void MoveChat(Session session, string channel, string from, string to, long now)
    {
        session.Write(
            "UPDATE outbox SET chat = @to, state = 0 WHERE channel = @channel AND chat = @from AND state < 2",
            ("@to", to), ("@channel", channel), ("@from", from));
        Lanes.Wake(session, QueueName.Out, channel, to, now);
    }

    /// <summary>Gives the lane back: due as soon as the chat's limit allows when more waits in it.</summary>
    public static void Release(Session session, Claim claim, long now, CallEnd call, long? retryAt = null)
    {
        SendPlaces.Leave(session, claim, call.Made);
        var due = Math.Max(retryAt ?? now, call.FreeAt);
        if (retryAt is not null) Lanes.Release(session, claim, due, call.FreeAt, call.Calls);
        else Lanes.ReleaseAsked(session, ReleaseLane, claim, due, call.FreeAt, call.Calls);
    }

    /// <summary>Gives back a claim that may have been stored without the claimer's knowing. No call was made for its reply.</summary>
    /// <exception cref="LaneLostException">The claim was not stored.</exception>
    public static void GiveBack(Session session, Claim claim, long now)
    {
        session.Write(
            "UPDATE outbox SET state = 0, attempts = attempts - 1 WHERE channel = @channel AND chat = @chat AND state = 1",
            ("@channel", claim.Channel), ("@chat", claim.Chat));
        Release(session, claim, now, CallEnd.NotMade);
    }

    /// <summary>What was being sent when the last process died has an unknown outcome. Only while no other process serves.</summary>
    public static int Rescue(Session session) => session.Execute(
        "UPDATE outbox SET state = 0, unknowns = unknowns + 1, reason = @died WHERE state = 1", ("@died", Died));

    /// <returns>When the latest calls of the channel ended, newest first; what is being sent counts as now.</returns>
    public static List<long> LatestCalls(Session session, string channel, int most, long now) => session.All(
        """
        SELECT COALESCE(finished_at, @now) FROM outbox WHERE channel = @channel AND (state = 2 OR state = 1 OR unknowns > 0)
        ORDER BY id DESC LIMIT @most
        """,
        r => r.GetInt64(0),
        ("@channel", channel), ("@most", most), ("@now", now));

    private static List<(Claim Claim, Later<ClaimedReply?> Reply)> Mark(Session session, List<Claim> claims) =>
        [.. claims.Select(claim => (claim, Mark(session, claim)))];

    /// <summary>A reply found in the middle of being sent was left there by a holder of the lane who is no more, or too late: its outcome is unknown.</summary>
    private static Later<ClaimedReply?> Mark(Session session, Claim claim) => session.FirstLater(
        """
        UPDATE outbox SET state = 1, attempts = attempts + 1, unknowns = unknowns + CASE WHEN state = 1 THEN 1 ELSE 0 END,
            reason = CASE WHEN state = 1 THEN @died ELSE reason END
        WHERE id = (SELECT id FROM outbox WHERE channel = @channel AND chat = @chat AND state < 2 ORDER BY id LIMIT 1)
        RETURNING id, message, attempts, unknowns, created_at, received_at, trace, reason
        """,
        r => Read(r, claim),
        ("@died", Died), ("@channel", claim.Channel), ("@chat", claim.Chat));

    private static ClaimedReply Read(DbDataReader r, Claim claim) => new(claim, r.GetInt64(0), r.GetString(1), r.GetInt32(2), r.GetInt32(3), r.GetInt64(4))
    {
        ReceivedAt = r.IsDBNull(5) ? null : r.GetInt64(5),
        Trace = r.IsDBNull(6) ? null : r.GetString(6),
        SenderDied = !r.IsDBNull(7) && r.GetString(7) == Died,
    };
}

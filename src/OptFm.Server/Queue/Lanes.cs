using OptFm.Server.Storage;

namespace OptFm.Server.Queue;

/// <summary>Which of the two queues a lane belongs to.</summary>
public static class QueueName
{
    public const string In = "in";
    public const string Out = "out";
}

/// <summary>A lane in a worker's hands.</summary>
/// <param name="Fence">Rises at every claim, so that a worker that lost its lane cannot write.</param>
/// <param name="Token">
/// Of this attempt to claim. A claim that the database forgot with its transaction bore the same fence as the next one, which is somebody else's.
/// </param>
public readonly record struct Claim(string Queue, string Channel, string Chat, long Fence, long Token)
{
    /// <summary>What the lane remembers of the chat's latest calls.</summary>
    public string? Calls { get; init; }

    /// <summary>The place among the bot's calls that came with the claim, where nodes share these.</summary>
    public int? Place { get; init; }
}

/// <summary>Claiming and releasing lanes: written once for the inbox and the outbox. States: docs/queue-states.md.</summary>
public static class Lanes
{
    /// <summary>Says that something waits in the lane. A claimed lane stays with its worker, which looks again when it releases.</summary>
    /// <remarks>
    /// Retention deletes idle lanes. A lane that is made again begins beyond every fence it had: claims are rarer than milliseconds.
    /// </remarks>
    public static void Wake(Session session, string queue, string channel, string chat, long now)
    {
        session.Write(
            """
            INSERT INTO lane (queue, channel, chat, due_at, fence) VALUES (@queue, @channel, @chat, @now, @now)
            ON CONFLICT (queue, channel, chat) DO UPDATE SET due_at = CASE WHEN lane.free_at > @now THEN lane.free_at ELSE @now END
            WHERE lane.due_at IS NULL
            """,
            ("@queue", queue), ("@channel", channel), ("@chat", chat), ("@now", now));
        session.Announce(queue, channel);
    }

    /// <summary>Like <see cref="Wake"/>, and cuts short the wait for a next attempt.</summary>
    public static void Hurry(Session session, string queue, string channel, string chat, long now)
    {
        Wake(session, queue, channel, chat, now);
        session.Write(
            """
            UPDATE lane SET due_at = CASE WHEN free_at > @now THEN free_at ELSE @now END
            WHERE queue = @queue AND channel = @channel AND chat = @chat AND claimed = 0
            """,
            ("@now", now), ("@queue", queue), ("@channel", channel), ("@chat", chat));
    }

    /// <summary>Claims up to <paramref name="most"/> lanes that are due, longest waiting first.</summary>
    /// <param name="lease">Until when the claim holds without a release, Unix ms.</param>
    /// <param name="node">Who claims: see <see cref="Nodes.Node.Id"/>.</param>
    public static List<Claim> ClaimDue(Session session, string queue, string channel, int most, long now, long lease, long node = 0)
    {
        var token = session.Queue.NewToken(node);
        return session.All(
            session.Queue.Claim,
            r => new Claim(queue, channel, r.GetString(0), r.GetInt64(1), token) { Calls = r.IsDBNull(2) ? null : r.GetString(2) },
            ("@queue", queue), ("@channel", channel), ("@now", now), ("@lease", lease), ("@most", most), ("@token", token));
    }

    /// <summary>Gives the lane back.</summary>
    /// <param name="due">When it may be claimed again, Unix ms; null when nothing waits in it.</param>
    /// <param name="freeAt">Before when the chat may not be written to again, Unix ms; 0 when it may at once.</param>
    /// <param name="calls">What the lane is to remember of the chat's latest calls; null when nothing new.</param>
    /// <exception cref="LaneLostException">The claim ran out and somebody else holds the lane: nothing may be written.</exception>
    public static void Release(Session session, Claim claim, long? due, long freeAt = 0, string? calls = null) => session.Expect(
        """
        UPDATE lane SET claimed = 0, due_at = @due, free_at = CASE WHEN free_at > @free THEN free_at ELSE @free END, calls = COALESCE(@calls, calls)
        WHERE queue = @queue AND channel = @channel AND chat = @chat AND fence = @fence AND claimed = @token
        """,
        () => new LaneLostException(claim),
        ("@queue", claim.Queue), ("@channel", claim.Channel), ("@chat", claim.Chat), ("@fence", claim.Fence), ("@token", claim.Token), ("@due", due), ("@free", freeAt), ("@calls", calls));

    /// <summary>
    /// Gives back a lane in which something waits if a statement of the caller's finds it so. The lane is locked first: whoever stores something
    /// for the chat meanwhile has either committed by then, and is found, or waits for the lane and then finds it free.
    /// </summary>
    /// <param name="release">From <see cref="ReleaseWhere"/>.</param>
    /// <param name="due">When the lane may be claimed again if something waits in it, Unix ms.</param>
    /// <param name="freeAt">As for <see cref="Release"/>.</param>
    /// <param name="calls">As for <see cref="Release"/>.</param>
    /// <exception cref="LaneLostException">As for <see cref="Release"/>.</exception>
    public static void ReleaseAsked(Session session, string release, Claim claim, long due, long freeAt = 0, string? calls = null)
    {
        if (session.Queue.Lock is { } keep) session.FirstLater(keep, r => true, ("@queue", claim.Queue), ("@channel", claim.Channel), ("@chat", claim.Chat));
        session.Expect(
            release,
            () => new LaneLostException(claim),
            ("@queue", claim.Queue), ("@channel", claim.Channel), ("@chat", claim.Chat), ("@fence", claim.Fence), ("@token", claim.Token), ("@due", due), ("@free", freeAt), ("@calls", calls));
    }

    /// <param name="waiting">Table and condition of what waits in a queue.</param>
    /// <returns>The statement for <see cref="ReleaseAsked"/>.</returns>
    public static string ReleaseWhere(string waiting) =>
        $"""
        UPDATE lane SET claimed = 0, free_at = CASE WHEN free_at > @free THEN free_at ELSE @free END, calls = COALESCE(@calls, calls),
            due_at = CASE WHEN EXISTS (SELECT 1 FROM {waiting} AND channel = @channel AND chat = @chat) THEN @due END
        WHERE queue = @queue AND channel = @channel AND chat = @chat AND fence = @fence AND claimed = @token
        """;

    /// <summary>Checks that the lane is still held, and goes on holding it until the transaction ends.</summary>
    /// <exception cref="LaneLostException">It is not.</exception>
    public static void CheckFence(Session session, Claim claim) => session.Expect(
        "UPDATE lane SET claimed = @token WHERE queue = @queue AND channel = @channel AND chat = @chat AND fence = @fence AND claimed = @token",
        () => new LaneLostException(claim),
        ("@queue", claim.Queue), ("@channel", claim.Channel), ("@chat", claim.Chat), ("@fence", claim.Fence), ("@token", claim.Token));

    /// <returns>When the next lane of the queue becomes due, Unix ms; null when none waits.</returns>
    public static long? NextDue(Session session, string queue, string channel) => NextDueLater(session, queue, channel).Value;

    /// <inheritdoc cref="NextDue"/>
    public static Later<long?> NextDueLater(Session session, string queue, string channel) => session.FirstLater<long?>(
        "SELECT due_at FROM lane WHERE queue = @queue AND channel = @channel AND due_at IS NOT NULL ORDER BY due_at LIMIT 1",
        r => r.GetInt64(0),
        ("@queue", queue), ("@channel", channel));

    /// <summary>Frees what a process that is no more had claimed. Only while no other process serves from the database.</summary>
    public static void Rescue(Session session, long now) => session.Execute(
        "UPDATE lane SET claimed = 0, fence = fence + 1, due_at = @now WHERE due_at IS NOT NULL AND claimed <> 0",
        ("@now", now));
}

/// <summary>The worker was too slow: its lane has been given to another.</summary>
public sealed class LaneLostException(Claim claim) : Exception($"the claim on a lane of {claim.Queue} {claim.Channel} ran out");

using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Nodes;

/// <summary>What a node leaves behind when it goes.</summary>
internal static class Estate
{
    /// <summary>
    /// Frees all that the node holds and removes it. What a transaction of its own has locked is passed over, and with it the node stays, to be
    /// looked at again: a stopped node's transaction is ended by the server (idle_in_transaction_session_timeout).
    /// </summary>
    /// <returns>How many lanes it held.</returns>
    public static Later<int> Free(Session session, long node)
    {
        var (from, to) = NodeToken.Of(node);
        session.Write("UPDATE node SET until = 0 WHERE id = @node", ("@node", node));
        var lanes = session.ExecuteLater(
            $"""
            WITH held AS MATERIALIZED (
                SELECT queue, channel, chat FROM lane WHERE claimed <> 0 AND claimed BETWEEN @from AND @to FOR UPDATE SKIP LOCKED)
            UPDATE lane SET claimed = 0, fence = fence + 1, due_at = GREATEST(free_at, {NodeTable.Now})
            FROM held WHERE lane.queue = held.queue AND lane.channel = held.channel AND lane.chat = held.chat
            """,
            ("@from", from), ("@to", to));
        session.Write(
            $"""
            UPDATE send_place SET holder = 0, free_at = {NodeTable.Now} + 1 + rest WHERE (channel, number) IN (
                SELECT channel, number FROM send_place WHERE holder BETWEEN @from AND @to FOR UPDATE SKIP LOCKED)
            """,
            ("@from", from), ("@to", to));
        session.Write(
            "UPDATE duty SET node = 0 WHERE name IN (SELECT name FROM duty WHERE node = @node FOR UPDATE SKIP LOCKED)",
            ("@node", node));
        session.Write(
            """
            DELETE FROM node WHERE id = @node
                AND NOT EXISTS (SELECT 1 FROM lane WHERE claimed <> 0 AND claimed BETWEEN @from AND @to)
                AND NOT EXISTS (SELECT 1 FROM send_place WHERE holder BETWEEN @from AND @to)
                AND NOT EXISTS (SELECT 1 FROM duty WHERE duty.node = @node)
            """,
            ("@node", node), ("@from", from), ("@to", to));
        return lanes;
    }
}

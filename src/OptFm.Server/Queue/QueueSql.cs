using System.Security.Cryptography;

namespace OptFm.Server.Queue;

/// <summary>The statements on lanes in which the databases differ.</summary>
/// <param name="Claim">Claims lanes that are due; returns the chat and the fence of each.</param>
/// <param name="Lock">Keeps everybody else from the lane until the transaction ends; null where there is nobody else.</param>
/// <param name="NewToken">Tells an attempt to claim from every other, where an attempt can end in doubt.</param>
public sealed record QueueSql(string Claim, string? Lock, Func<long> NewToken)
{
    /// <summary>One writer: nobody can come between two statements of a transaction.</summary>
    public static QueueSql Sqlite { get; } = new(
        """
        UPDATE lane SET claimed = @token, fence = fence + 1, due_at = @lease
        WHERE queue = @queue AND channel = @channel AND chat IN (
            SELECT chat FROM lane WHERE queue = @queue AND channel = @channel AND due_at <= @now ORDER BY due_at LIMIT @most)
        RETURNING chat, fence
        """,
        Lock: null,
        RandomToken);

    /// <summary>
    /// A lane that another node is just claiming or releasing is passed over. MATERIALIZED: joined in, the inner query could run, and lock,
    /// once per row. https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
    /// </summary>
    public static QueueSql Postgres { get; } = new(
        """
        WITH due AS MATERIALIZED (
            SELECT chat FROM lane WHERE queue = @queue AND channel = @channel AND due_at <= @now ORDER BY due_at LIMIT @most FOR UPDATE SKIP LOCKED)
        UPDATE lane SET claimed = @token, fence = fence + 1, due_at = @lease
        FROM due WHERE lane.queue = @queue AND lane.channel = @channel AND lane.chat = due.chat
        RETURNING lane.chat, lane.fence
        """,
        "SELECT 1 FROM lane WHERE queue = @queue AND channel = @channel AND chat = @chat FOR UPDATE",
        RandomToken);

    /// <summary>Never 0. SQLite needs it too: a claim that the full disk refused has the fence of the next one, which is another's.</summary>
    private static long RandomToken() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) | 1;
}

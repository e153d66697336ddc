namespace OptFm.Server.Queue;

/// <summary>The statements on lanes in which the databases differ.</summary>
/// <param name="Claim">Claims lanes that are due; returns chat, fence and latest calls of each.</param>
/// <param name="Lock">Keeps everybody else from the lane until the transaction ends; null where there is nobody else.</param>
/// <param name="NewToken">Tells a node's attempt to claim from every other, also from one that was undone: the next has its fence.</param>
/// <param name="By">Names the index to use, after a table's name; empty where the database is kept from reading a whole table anyway.</param>
public sealed record QueueSql(string Claim, string? Lock, Func<long, long> NewToken, Func<string, string> By)
{
    /// <summary>One writer: nobody can come between two statements of a transaction.</summary>
    public static QueueSql Sqlite { get; } = new(
        """
        UPDATE lane SET claimed = @token, fence = fence + 1, due_at = @lease
        WHERE queue = @queue AND channel = @channel AND chat IN (
            SELECT chat FROM lane WHERE queue = @queue AND channel = @channel AND due_at <= @now ORDER BY due_at LIMIT @most)
        RETURNING chat, fence, calls
        """,
        Lock: null,
        NewToken: NodeToken.New,
        By: index => $"INDEXED BY {index}");

    /// <summary>
    /// A lane that another node is just claiming or releasing is passed over. The rows are found by where they lie, and not by a join: while the
    /// statistics are of when the table was small, or are missing, a join reads all lanes for the few that are due.
    /// https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
    /// </summary>
    public static QueueSql Postgres { get; } = new(
        """
        UPDATE lane SET claimed = @token, fence = fence + 1, due_at = @lease
        WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM lane WHERE queue = @queue AND channel = @channel AND due_at <= @now ORDER BY due_at LIMIT @most FOR UPDATE SKIP LOCKED))
        RETURNING chat, fence, calls
        """,
        "SELECT 1 FROM lane WHERE queue = @queue AND channel = @channel AND chat = @chat FOR UPDATE",
        NodeToken.New,
        By: _ => "");
}

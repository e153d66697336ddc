using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary>
/// Fills tables by SQL, with rows like those that the server itself wrote for the chat of the rehearsal.
/// Chats are numbered from 0, as everywhere; their ids follow each other.
/// </summary>
internal static class Filling
{
    /// <summary>The messenger's id of chat 0.</summary>
    public const long FirstId = 3_000_000_000;

    private const string Chat = "CAST(3000000000 + i AS TEXT)";

    private static readonly string Template = $"WHERE channel = 'max' AND chat = '{Rehearsal.Chat}'";

    /// <summary>Chats that wrote once and were answered.</summary>
    public static IEnumerable<string> Chats(int count)
    {
        yield return $"""
            INSERT INTO conversation (channel, chat, first_name, topic, greeted, blocked, updated_at)
            {Numbers(count)} SELECT channel, {Chat}, first_name, topic, greeted, blocked, updated_at FROM n, (SELECT * FROM conversation {Template}) t
            """;
        yield return $"""
            INSERT INTO lane (queue, channel, chat, due_at, claimed, fence, free_at)
            {Numbers(count)} SELECT queue, channel, {Chat}, CAST(NULL AS BIGINT), 0, fence, free_at FROM n, (SELECT * FROM lane {Template}) t
            """;
        yield return $"""
            INSERT INTO inbox (channel, key, chat, type, body, state, attempts, reason, received_at, finished_at)
            {Numbers(count)} SELECT channel, 'history ' || i, {Chat}, type, body, state, attempts, reason, received_at, finished_at
            FROM n, (SELECT * FROM inbox {Template} ORDER BY id LIMIT 1) t
            """;
        yield return $"""
            INSERT INTO outbox (channel, chat, inbox_id, message, state, attempts, unknowns, reason, message_id, created_at, finished_at, received_at)
            {Numbers(count)} SELECT channel, {Chat}, inbox_id, message, state, attempts, unknowns, reason, message_id, created_at, finished_at, received_at
            FROM n, (SELECT * FROM outbox {Template} ORDER BY id LIMIT 1) t
            """;
    }

    /// <summary>Updates that wait, one in each of the first chats, which must be there.</summary>
    /// <param name="name">No other backlog's.</param>
    public static IEnumerable<string> Backlog(TestedStore store, int count, string name)
    {
        yield return $"""
            INSERT INTO inbox (channel, key, chat, type, body, state, received_at)
            {Numbers(count)} SELECT channel, '{name} ' || i, {Chat}, type, {store.ReplacedBody($"{Rehearsal.Chat}", Chat)}, 0, received_at
            FROM n, (SELECT * FROM inbox {Template} ORDER BY id LIMIT 1) t
            """;
        // In the order in which the chats wrote, a millisecond from each to the next, the last when the chat of the rehearsal did.
        yield return $"""
            UPDATE lane SET due_at = (SELECT max(received_at) FROM inbox {Template}) - {count} + CAST(chat AS BIGINT) - {FirstId}
            WHERE queue = 'in' AND channel = 'max' AND chat >= '{FirstId}' AND chat < '{FirstId + count}'
            """;
    }

    private static string Numbers(int count) => $"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})";
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using OptFm.Server.Inbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Updates;

/// <summary>
/// Takes what customers sent to a newer version into the older one's database. Only the updates as the messengers delivered them, and what
/// tells that one was answered: anything else may mean something different to the newer version, or have been spoilt by it.
/// </summary>
internal static class CarryOver
{
    private const string Fingerprint = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM {0}.sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name)";

    /// <param name="session">On the older database.</param>
    public static bool IsSameSchema(Session session, string newer)
    {
        try
        {
            return WithNewer(session, newer, () =>
                session.First("PRAGMA main.user_version", r => r.GetInt64(0)) == session.First("PRAGMA newer.user_version", r => r.GetInt64(0))
                && session.First(Fingerprint.Replace("{0}", "main"), Text) == session.First(Fingerprint.Replace("{0}", "newer"), Text));
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <returns>How many updates came over; null where the newer database cannot be read.</returns>
    public static int? Run(Session session, string newer) =>
        TryRun(session, newer, knowsAnswers: true) ?? TryRun(session, newer, knowsAnswers: false);

    /// <param name="knowsAnswers">Whether the newer database is asked what was answered; else everything new is answered again.</param>
    private static int? TryRun(Session session, string newer, bool knowsAnswers)
    {
        try
        {
            return WithNewer(session, newer, () => Transfer(session, knowsAnswers));
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static T WithNewer<T>(Session session, string newer, Func<T> work)
    {
        session.Execute("ATTACH @file AS newer", ("@file", newer));
        try
        {
            return work();
        }
        finally
        {
            session.Execute("DETACH newer");
        }
    }

    private static int Transfer(Session session, bool knowsAnswers)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            session.Execute("CREATE TEMP TABLE replies (inbox_id INTEGER PRIMARY KEY, least INTEGER NOT NULL)");
            if (knowsAnswers) TakeAnswers(session);
            var arrivals = TakeArrivals(session);
            session.Execute("DROP TABLE temp.replies");
            session.Execute("COMMIT");
            return arrivals;
        }
        catch (SqliteException)
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>Answered: the replies are there, and none still waits. What the newer version sent is not sent again.</summary>
    private static void TakeAnswers(Session session)
    {
        session.Execute("INSERT INTO temp.replies SELECT inbox_id, MIN(state) FROM newer.outbox WHERE inbox_id IS NOT NULL GROUP BY inbox_id");
        session.Execute(
            """
            UPDATE main.inbox AS m SET state = 1, finished_at = n.finished_at
            FROM newer.inbox AS n JOIN temp.replies AS r ON r.inbox_id = n.id
            WHERE m.state = 0 AND n.channel = m.channel AND n.key = m.key AND n.state = 1 AND r.least >= 2
            """);
        session.Execute(
            """
            UPDATE main.outbox AS m SET state = n.state, reason = n.reason, message_id = n.message_id, finished_at = n.finished_at
            FROM newer.outbox AS n
            WHERE m.state < 2 AND n.id = m.id AND n.channel = m.channel AND n.chat = m.chat AND n.state IN (2, 3)
            """);
    }

    private static int TakeArrivals(Session session)
    {
        var arrivals = session.Execute(
            """
            INSERT INTO main.inbox (channel, key, chat, type, body, state, received_at)
            SELECT n.channel, n.key, n.chat, n.type, n.body,
                CASE WHEN n.state = 2 THEN 2 WHEN n.state = 1 AND r.least >= 2 THEN 1 ELSE 0 END, n.received_at
            FROM newer.inbox AS n LEFT JOIN temp.replies AS r ON r.inbox_id = n.id
            WHERE NOT EXISTS (SELECT 1 FROM main.inbox AS m WHERE m.channel = n.channel AND m.key = n.key)
            ORDER BY n.id
            """);
        var lanes = session.All(
            "SELECT channel, chat, MIN(received_at) FROM main.inbox WHERE state = @pending AND chat <> '' GROUP BY channel, chat",
            r => (Channel: r.GetString(0), Chat: r.GetString(1), Since: r.GetInt64(2)),
            ("@pending", (int)InboxState.Pending));
        foreach (var lane in lanes) Lanes.Wake(session, QueueName.In, lane.Channel, lane.Chat, lane.Since);
        return arrivals;
    }

    private static string Text(DbDataReader reader) => reader.IsDBNull(0) ? "" : reader.GetString(0);
}

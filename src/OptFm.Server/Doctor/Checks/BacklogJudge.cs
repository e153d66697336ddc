using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What waits or was given up in the database.</summary>
internal static class BacklogJudge
{
    private const int ManyWaiting = 1000;
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private static readonly Diagnosis Inbox = new(
        "inbox-backlog", Area.Server,
        ("messages waiting for an answer", "сообщения, ждущие ответа"),
        ("Customers wait.", "Покупатели ждут."),
        "sudo journalctl -u optfm -n 50; sudo optfm inbox list --state pending");

    private static readonly Diagnosis Failed = new(
        "inbox-failed", Area.Server,
        ("messages that could not be handled", "сообщения, которые не удалось обработать"),
        ("These customers got no answer.", "Эти покупатели остались без ответа."),
        "sudo optfm inbox list --state failed; sudo optfm inbox replay ID");

    private static readonly Diagnosis Outbox = new(
        "outbox-backlog", Area.Server,
        ("replies waiting to be sent", "ответы, ждущие отправки"),
        ("The answers are ready, and the messenger does not take them.", "Ответы готовы, но мессенджер их не берёт."),
        "sudo journalctl -u optfm -n 50; sudo optfm outbox list --state waiting");

    private static readonly Diagnosis Buried = new(
        "outbox-buried", Area.Server,
        ("replies given up", "ответы, от которых пришлось отказаться"),
        ("These customers never read the answer.", "Эти покупатели ответа не увидят."),
        "sudo optfm outbox list --state buried; sudo optfm outbox retry ID");

    public static IReadOnlyList<Diagnosis> Diagnoses { get; } = [Inbox, Failed, Outbox, Buried];

    public static IEnumerable<Finding> Find(Session session, DateTimeOffset now)
    {
        yield return Waiting(Inbox, Count(session, "SELECT count(*), min(received_at) FROM inbox WHERE state = 0 AND @since = @since", default), now);
        yield return Waiting(Outbox, Count(session, "SELECT count(*), min(created_at) FROM outbox WHERE state < 2 AND @since = @since", default), now);
        var since = now - Recent;
        yield return GivenUp(Failed, Count(session, "SELECT count(*), min(id) FROM inbox WHERE state = 3 AND received_at >= @since", since), null);
        yield return GivenUp(Buried, Count(session, "SELECT count(*), min(id) FROM outbox WHERE state = 3 AND finished_at >= @since", since), Reason(session, since));
    }

    private static Finding Waiting(Diagnosis about, (long Count, long? Oldest) found, DateTimeOffset now)
    {
        var age = found.Oldest is { } oldest ? now - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : TimeSpan.Zero;
        if (age < LongWait && found.Count < ManyWaiting) return about.Ok();

        var minutes = (int)age.TotalMinutes;
        Words what = ($"{about.Title.English}: {found.Count}, the oldest for {minutes} min", $"{about.Title.Russian}: {found.Count}, самое старое — {minutes} мин");
        return about.Failure(what);
    }

    private static Finding GivenUp(Diagnosis about, (long Count, long? Oldest) found, string? reason)
    {
        if (found.Count == 0) return about.Ok();

        var why = reason is null ? "" : $": {reason}";
        return about.Warning(($"{about.Title.English} in the last day: {found.Count}{why}", $"{about.Title.Russian} за сутки: {found.Count}{why}"));
    }

    private static (long Count, long? Oldest) Count(Session session, string sql, DateTimeOffset since) =>
        session.First<(long, long?)>(sql, r => (r.GetInt64(0), r.IsDBNull(1) ? null : r.GetInt64(1)), ("@since", since.ToUnixTimeMilliseconds()));

    /// <summary>The most frequent one. Reasons are kept fit for a log: no tokens, nobody's words.</summary>
    private static string? Reason(Session session, DateTimeOffset since) => session.First(
        "SELECT reason FROM outbox WHERE state = 3 AND finished_at >= @since GROUP BY reason ORDER BY count(*) DESC LIMIT 1",
        r => r.IsDBNull(0) ? null : r.GetString(0),
        ("@since", since.ToUnixTimeMilliseconds()));
}

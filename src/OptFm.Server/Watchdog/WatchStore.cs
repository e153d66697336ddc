using System.Data.Common;
using OptFm.Server.Storage;

namespace OptFm.Server.Watchdog;

/// <summary>Where the nodes share what was found.</summary>
public sealed class WatchStore(Database database)
{
    /// <exception cref="StoreException">The database does not answer.</exception>
    public WatchPicture Read() => database.Read(session =>
    {
        var states = session.All("SELECT subject, state FROM watch", r => (Subject: r.GetString(0), State: WatchJson.Read(r.GetString(1))));
        var deliveries = session.All("SELECT channel, accepted_at, refused_at, refused_since, reason FROM delivery", Deliveries);
        return new WatchPicture(
            states.ToDictionary(row => row.Subject, row => row.State, StringComparer.Ordinal),
            deliveries.ToDictionary(row => row.Channel, row => row.Deliveries, StringComparer.Ordinal));
    });

    /// <exception cref="StoreException">Nothing was stored.</exception>
    public Task WriteAsync(string subject, WatchState state)
    {
        var (json, at) = (WatchJson.Write(state), state.CheckedAt?.ToUnixTimeMilliseconds() ?? 0);
        return database.WriteAsync(session => session.Execute(
            """
            INSERT INTO watch (subject, state, checked_at) VALUES (@subject, @state, @at)
            ON CONFLICT (subject) DO UPDATE SET state = excluded.state, checked_at = excluded.checked_at
            """,
            ("@subject", subject), ("@state", json), ("@at", at)));
    }

    /// <summary>Adds what one node saw to what all saw: the later time wins, whoever writes first.</summary>
    /// <exception cref="StoreException">Nothing was stored.</exception>
    public Task AddAsync(IReadOnlyDictionary<string, Deliveries> seen) => database.WriteAsync(session =>
    {
        foreach (var (channel, one) in seen)
        {
            if (one.Accepted is { } accepted) Accept(session, channel, accepted);
            if (one.Refused is { } refused) Refuse(session, channel, refused, one.RefusedSince ?? refused, one.Reason);
        }

        return 0;
    });

    private static void Accept(Session session, string channel, DateTimeOffset at) => session.Execute(
        """
        INSERT INTO delivery (channel, accepted_at) VALUES (@channel, @at)
        ON CONFLICT (channel) DO UPDATE SET accepted_at = excluded.accepted_at
        WHERE delivery.accepted_at IS NULL OR delivery.accepted_at < excluded.accepted_at
        """,
        ("@channel", channel), ("@at", at.ToUnixTimeMilliseconds()));

    private static void Refuse(Session session, string channel, DateTimeOffset at, DateTimeOffset since, string? reason) => session.Execute(
        """
        INSERT INTO delivery (channel, refused_at, refused_since, reason) VALUES (@channel, @at, @since, @reason)
        ON CONFLICT (channel) DO UPDATE SET
            refused_at = excluded.refused_at,
            reason = excluded.reason,
            refused_since = CASE WHEN delivery.refused_since IS NULL OR delivery.refused_since <= COALESCE(delivery.accepted_at, 0)
                THEN excluded.refused_since ELSE delivery.refused_since END
        WHERE delivery.refused_at IS NULL OR delivery.refused_at < excluded.refused_at
        """,
        ("@channel", channel), ("@at", at.ToUnixTimeMilliseconds()), ("@since", since.ToUnixTimeMilliseconds()), ("@reason", reason));

    private static (string Channel, Deliveries Deliveries) Deliveries(DbDataReader r) =>
        (r.GetString(0), new(Time(r, 1), Time(r, 2), Time(r, 3), r.IsDBNull(4) ? null : r.GetString(4)));

    private static DateTimeOffset? Time(DbDataReader r, int column) => r.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(column));
}

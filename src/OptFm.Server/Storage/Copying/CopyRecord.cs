namespace OptFm.Server.Storage.Copying;

/// <summary>
/// Says in the target from where it is filled, so that nobody serves from half a copy and the copy can be taken up again. How far it has come need
/// not be said: rows go over in the order of their keys, so the last one tells.
/// </summary>
/// <param name="Source">Where from, for people; without a password.</param>
/// <param name="FinishedAt">Unix ms; null while it is under way.</param>
internal sealed record CopyRecord(string Source, long? FinishedAt)
{
    /// <returns>Null where nothing was ever copied here.</returns>
    public static CopyRecord? Of(Session session)
    {
        if (!session.HasTable("optfm_copy")) return null;
        return session.First("SELECT source, finished_at FROM optfm_copy", r => new CopyRecord(r.GetString(0), r.IsDBNull(1) ? null : r.GetInt64(1)));
    }

    public static void Begin(Session session, string source)
    {
        session.Write("CREATE TABLE IF NOT EXISTS optfm_copy (source TEXT NOT NULL, finished_at BIGINT)");
        session.Settle();
        session.Write("INSERT INTO optfm_copy (source) VALUES (@source)", ("@source", source));
    }

    public static void Finish(Session session, long now) => session.Write("UPDATE optfm_copy SET finished_at = @now", ("@now", now));

    /// <exception cref="StoreException">Only a part has come over yet.</exception>
    public static void CheckFinished(Session session)
    {
        if (Of(session) is not { FinishedAt: null } record) return;

        throw new StoreException($"the database holds an unfinished copy of {record.Source}: run optfm db copy again, it goes on where it was cut off")
        {
            InRussian = $"в базе незаконченная копия {record.Source}: запустите optfm db copy ещё раз, копирование продолжится с места обрыва",
        };
    }
}

using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>One writing connection, made again when it is lost; while it cannot be had, work fails at once instead of gathering.</summary>
/// <param name="announced">Called with what is on disk and others may wait for.</param>
internal sealed class PostgresWriter(
    NpgsqlDataSource source, DatabaseFigures figures, TimeProvider clock, Action<IReadOnlyCollection<(string Queue, string Channel)>> announced) : IWriter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private PostgresSession? _session;
    private StoreException? _problem;
    private TimeSpan _pause = FirstPause;
    private long _failedAt;

    public Session Open()
    {
        if (_session is { IsUsable: true }) return _session;
        if (_problem is not null && clock.GetElapsedTime(_failedAt) < _pause) throw _problem;

        if (_session is not null)
        {
            _session.Dispose();
            _session = null;
            // Others of the pool lead to the same dead or demoted server.
            source.Clear();
        }

        return Connect();
    }

    /// <summary>By a stable order: what came first for a chat stays first.</summary>
    public void Order(List<GroupCommit.Work> batch)
    {
        if (batch.Count < 2) return;

        var sorted = batch.OrderBy(work => work.Turn, Turn.Order).ToList();
        batch.Clear();
        batch.AddRange(sorted);
    }

    public void AfterCommit()
    {
        if (_session?.TakeAnnounced() is { Count: > 0 } news) announced(news);
    }

    public void Dispose() => _session?.Dispose();

    private PostgresSession Connect()
    {
        try
        {
            _session = new PostgresSession(source.OpenConnection(), figures);
            (_problem, _pause) = (null, FirstPause);
            return _session;
        }
        catch (Exception e) when (PostgresErrors.IsConnectionLost(e) || e is NpgsqlException)
        {
            if (_problem is not null) _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            (_problem, _failedAt) = (PostgresProblem.Of(e), clock.GetTimestamp());
            throw _problem;
        }
    }
}

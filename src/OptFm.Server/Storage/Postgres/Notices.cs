using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>
/// Tells the other processes that something was put in a queue, hears it from them, and keeps the clock. A notice can be lost: whoever
/// waits for one looks by itself once a second, too.
/// </summary>
/// <param name="source">For one connection that listens, and now and then one that tells.</param>
/// <param name="clock">Set by what the server's clock says.</param>
/// <param name="local">For waiting and measuring.</param>
/// <param name="woken">Called with queue and channel.</param>
/// <param name="pulse">Called with the listening connection each time the clock was looked at.</param>
/// <param name="between">How long from one look at the clock to the next.</param>
internal sealed class Notices(
    NpgsqlDataSource source, DatabaseFigures figures, DatabaseClock clock, TimeProvider local, Action<string, string> woken, Action<Session> pulse, TimeSpan between) : IAsyncDisposable
{
    private const string Channel = "optfm";

    /// <summary>A notice holds 8000 bytes at most; a line is a topic and a name of some dozens. https://www.postgresql.org/docs/current/sql-notify.html</summary>
    private const int MostLines = 50;

    /// <summary>What is announced within it goes out together. Under load it also bounds how often all nodes are woken.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(4);

    /// <summary>Npgsql takes less for no limit.</summary>
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly Lock _guard = new();
    private readonly HashSet<(string Queue, string Channel)> _untold = [];
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _own = [];
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.WhenAll(Task.Run(() => ListenAsync(_stop.Token)), Task.Run(() => TellAsync(_stop.Token)));

    /// <summary>Announces what is on disk; returns at once.</summary>
    public void Announce(IReadOnlyCollection<(string Queue, string Channel)> news)
    {
        lock (_guard)
        {
            var first = _untold.Count == 0;
            _untold.UnionWith(news);
            if (first && _untold.Count > 0 && _news.CurrentCount == 0) _news.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _news.Dispose();
        _stop.Dispose();
    }

    /// <summary>Reads the server's clock.</summary>
    /// <exception cref="DbException">The server does not answer.</exception>
    public async Task SetClockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", connection);
        var asked = local.GetTimestamp();
        var microseconds = Convert.ToInt64(await command.ExecuteScalarAsync(stop), CultureInfo.InvariantCulture);
        clock.Set(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), asked, local.GetTimestamp());
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException or InvalidOperationException or StoreException)
            {
                // The workers say what is wrong; here it is tried again until it works.
                await RestAsync(Pause, stop);
            }
        }
    }

    private async Task ListenOnceAsync(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += (_, notice) => Hear(notice);
        using var session = new PostgresSession(connection, figures);
        await using (var listen = new NpgsqlCommand("LISTEN " + Channel, connection)) await listen.ExecuteNonQueryAsync(stop);

        // Whatever was announced while nobody listened is found by the workers' own look, which comes within a second.
        while (true)
        {
            var looked = local.GetTimestamp();
            await SetClockAsync(connection, stop);
            pulse(session);
            while (between - local.GetElapsedTime(looked) is var left && left >= LeastWait) await connection.WaitAsync(left, stop);
        }
    }

    private void Hear(NpgsqlNotificationEventArgs notice)
    {
        lock (_guard)
        {
            // This process has woken its own workers without a detour.
            if (_own.Contains(notice.PID)) return;
        }

        foreach (var line in notice.Payload.Split('\n'))
        {
            if (line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space) woken(line[..space], line[(space + 1)..]);
        }
    }

    private async Task TellAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _news.WaitAsync(stop);
                await TellOnceAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                // Lost: the others look by themselves within a second.
            }

            await RestAsync(Gathering, stop);
        }
    }

    private async Task TellOnceAsync(CancellationToken stop)
    {
        List<string> lines;
        lock (_guard)
        {
            lines = [.. _untold.Select(topic => $"{topic.Queue} {topic.Channel}")];
            _untold.Clear();
        }

        await using var connection = await source.OpenConnectionAsync(stop);
        lock (_guard)
        {
            if (_own.Count > 100) _own.Clear();
            _own.Add(connection.ProcessID);
        }

        foreach (var some in lines.Chunk(MostLines))
        {
            await using var tell = new NpgsqlCommand("SELECT pg_notify('" + Channel + "', $1)", connection) { Parameters = { new() { Value = string.Join('\n', some) } } };
            figures.CountRoundTrip(1);
            await tell.ExecuteNonQueryAsync(stop);
        }
    }

    private async Task RestAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, local, stop);
        }
        catch (OperationCanceledException)
        {
            // The loops see it.
        }
    }
}

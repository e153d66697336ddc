namespace OptFm.Server.Operations;

/// <summary>Counts lines that a log file lost and says so on the console, at most once a minute.</summary>
internal sealed class LogLosses(string path, TextWriter errors, TimeProvider time)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _total;
    private long _reported;
    private long? _lastReport;
    private string? _failure;

    public long Total => Interlocked.Read(ref _total);

    public void Add(int lines, Exception? reason = null)
    {
        Interlocked.Add(ref _total, lines);
        lock (_lock)
        {
            _failure = reason?.Message ?? _failure;
        }

        // Only the writer reports: those who log must not wait for a console.
        if (reason is not null) Report(final: false);
    }

    public void Written()
    {
        if (Total != Interlocked.Read(ref _reported)) Report(final: false);
    }

    public void Report(bool final)
    {
        lock (_lock)
        {
            var total = Total;
            var due = final || _lastReport is not { } last || time.GetElapsedTime(last) >= BetweenReports;
            if (!due || total == _reported) return;

            _lastReport = time.GetTimestamp();
            _reported = total;
            Say($"log file {path}: {_failure ?? "lines come faster than they can be written"}; lines lost since the start: {total}");
            _failure = null;
        }
    }

    private void Say(string text)
    {
        try
        {
            errors.WriteLine(text);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nowhere left to complain; the count stays.
        }
    }
}

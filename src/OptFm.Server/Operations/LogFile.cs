using System.Threading.Channels;

namespace OptFm.Server.Operations;

/// <summary>
/// A log file that can be rotated and that never stands in anybody's way: lines wait in a bounded queue, one task writes them,
/// and what cannot be written is dropped, counted and reported.
/// </summary>
public sealed class LogFile : IAsyncDisposable
{
    /// <summary>Longest line in bytes; a longer one is dropped. The formats cut long texts well before.</summary>
    public const int LongestLine = 256 * 1024;

    private const int QueuedLines = 16 * 1024;
    private const int QueuedBytes = 8 * 1024 * 1024;
    private const int BatchBytes = 256 * 1024;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(QueuedLines) { SingleReader = true });
    private readonly AppendedFile _file;
    private readonly LogLosses _losses;
    private readonly TimeProvider _time;
    private readonly Task _writing;
    private long _queuedBytes;
    private int _reopenAsked;

    /// <param name="path">Its folder is made if absent.</param>
    /// <param name="errors">Where losses are reported: the console, not a log.</param>
    public LogFile(string path, TextWriter errors, TimeProvider time)
    {
        _file = new AppendedFile(path);
        _losses = new LogLosses(path, errors, time);
        _time = time;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Lines given up since the start.</summary>
    public long Lost => _losses.Total;

    /// <summary>Queues one line; never waits.</summary>
    /// <param name="line">With its line feed.</param>
    /// <returns>False when the line was dropped: the disk does not keep up, or the file is closed.</returns>
    public bool TryWrite(byte[] line)
    {
        var fits = line.Length <= LongestLine && Interlocked.Add(ref _queuedBytes, line.Length) <= QueuedBytes;
        if (fits && _lines.Writer.TryWrite(line)) return true;

        if (line.Length <= LongestLine) Interlocked.Add(ref _queuedBytes, -line.Length);
        _losses.Add(1);
        return false;
    }

    /// <summary>Opens the path anew before the next line is written, for logrotate. Lines in flight are kept.</summary>
    public void Reopen()
    {
        Volatile.Write(ref _reopenAsked, 1);
        // Wakes the writer, so that the new file is there at once; a full queue has it awake already.
        _lines.Writer.TryWrite([]);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(LastWords, _time);
        }
        catch (TimeoutException)
        {
            // A disk that hangs must not keep the server from stopping.
            return;
        }

        _losses.Report(final: true);
        _file.Close();
    }

    private async Task WriteAllAsync()
    {
        var batch = new MemoryStream();
        while (await _lines.Reader.WaitToReadAsync()) WriteBatch(batch);
    }

    private void WriteBatch(MemoryStream batch)
    {
        batch.SetLength(0);
        var count = 0;
        while (batch.Length < BatchBytes && _lines.Reader.TryRead(out var line))
        {
            Interlocked.Add(ref _queuedBytes, -line.Length);
            batch.Write(line);
            if (line.Length > 0) count++;
        }

        try
        {
            if (Interlocked.Exchange(ref _reopenAsked, 0) == 1) _file.Close();
            _file.Append(batch.GetBuffer().AsSpan(0, (int)batch.Length));
            _losses.Written();
        }
        catch (Exception e)
        {
            // Whatever a file system can do must not end logging, let alone the server.
            _losses.Add(count, e);
            _file.Close();
        }
    }
}

using System.Security.Cryptography;

namespace OptFm.Server.Faq;

/// <summary>A file that is read again whenever its content changes. A bad version is reported once and the last good one stays.</summary>
/// <remarks>
/// Asked once a second, by the content's hash. No file system events: editors replace files, mounts swap symbolic links, events get lost
/// (https://learn.microsoft.com/dotnet/api/system.io.filesystemwatcher, "Events and buffer sizes"), and a database in the same folder makes
/// one of every write.
/// </remarks>
public sealed class WatchedFile<T>(string path, Func<string, ReadOnlyMemory<byte>, FileReading<T>> read, TimeProvider time) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private T? _current;
    private string _seen = "";

    /// <summary>How often the content is compared.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a changed file must stay the same before it is taken for wholly written.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(250);

    public T Current => Volatile.Read(ref _current) ?? throw new InvalidOperationException($"{path} was not read yet");

    /// <summary>The first reading, which does not wait for the file to settle.</summary>
    public async Task<FileReading<T>> OpenAsync(CancellationToken stop) => Take(await ContentAsync(stop));

    /// <summary>Reads the file again if its content changed.</summary>
    /// <returns>Null where nothing changed.</returns>
    public async Task<FileReading<T>?> CheckAsync(CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            var content = await ContentAsync(stop);
            if (content.Hash == _seen) return null;

            content = await SettledAsync(content, stop);
            return content.Hash == _seen ? null : Take(content);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Checks every <see cref="Poll"/> until stopped.</summary>
    public async Task WatchAsync(Action<FileReading<T>> changed, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Poll, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (await CheckAsync(stop) is { } reading) changed(reading);
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<Content> SettledAsync(Content content, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Settle, time, stop);
            var again = await ContentAsync(stop);
            if (again.Hash == content.Hash) return again;
            content = again;
        }
    }

    private FileReading<T> Take(Content content)
    {
        _seen = content.Hash;
        var reading = content.Problem is { } problem ? new FileReading<T>(null, [problem], []) : read(path, content.Bytes);
        if (reading.Value is { } value) Volatile.Write(ref _current, value);
        return reading;
    }

    private async Task<Content> ContentAsync(CancellationToken stop)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, LinkTarget: null, Length: > JsonText.MostBytes } large) return Content.TooLarge(path, large.Length);
            return Content.Of(await File.ReadAllBytesAsync(path, stop));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Content.Unreadable(path, wrong);
        }
    }

    /// <summary>What lies in the file, or why that cannot be known; the hash tells one state from another.</summary>
    private sealed record Content(string Hash, ReadOnlyMemory<byte> Bytes, FileProblem? Problem)
    {
        public static Content Of(byte[] bytes) => new(Convert.ToHexString(SHA256.HashData(bytes)), bytes, null);

        public static Content TooLarge(string path, long length) =>
            new($"large {length}", default, new(path, $"is larger than {JsonText.MostBytes / 1024 / 1024} MB", $"больше {JsonText.MostBytes / 1024 / 1024} МБ"));

        public static Content Unreadable(string path, Exception wrong) => wrong is FileNotFoundException or DirectoryNotFoundException
            ? new("absent", default, new(path, "is not there", "не найден"))
            : new("unreadable", default, new(path, $"cannot be read ({wrong.GetType().Name})", $"не читается ({wrong.GetType().Name})"));
    }
}

using System.Security.Cryptography;
using OptFm.Server.Content;

namespace OptFm.Server.Faq;

/// <summary>A file that is read again whenever its content changes. A bad version is reported once and the last good one stays.</summary>
/// <remarks>
/// Asked once a second, by the content's hash; a large file by its size and time first. No file system events: editors replace files, mounts swap symbolic links, events get lost
/// (https://learn.microsoft.com/dotnet/api/system.io.filesystemwatcher, "Events and buffer sizes"), and a database in the same folder makes
/// one of every write.
/// </remarks>
public sealed class WatchedFile<T>(string path, Func<string, ReadOnlyMemory<byte>, FileReading<T>> read, TimeProvider time) : IContentSource<T>
    where T : class
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    /// <summary>From this size on a file is read again only when its size or its time of change is another, not every second.</summary>
    private const int Large = 1024 * 1024;
    private T? _current;
    private string _seen = "";
    private (string Path, long Length, DateTime Changed)? _largeSeen;

    /// <summary>How often the content is compared.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a changed file must stay the same before it is taken for wholly written.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest file, in bytes.</summary>
    public long MostBytes { get; init; } = JsonText.MostBytes;

    public T Current => Volatile.Read(ref _current) ?? throw new InvalidOperationException($"{path} was not read yet");

    /// <summary>The first reading, which does not wait for the file to settle.</summary>
    public async Task<FileReading<T>> OpenAsync(CancellationToken stop) => Take(await ContentAsync(stop));

    /// <summary>Takes whatever lies there for a change at the next look.</summary>
    public void Forget() => (_seen, _largeSeen) = ("", null);

    /// <summary>Reads the file again if its content changed.</summary>
    /// <returns>Null where nothing changed.</returns>
    public async Task<FileReading<T>?> CheckAsync(CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            if (_largeSeen is not null && LargeState() == _largeSeen) return null;
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
            _largeSeen = LargeState(); // Asked before reading: what changes meanwhile is seen next time.
            if (_largeSeen is { } large && large.Length > MostBytes) return Content.TooLarge(path, large.Length, MostBytes);
            return Content.Of(await File.ReadAllBytesAsync(path, stop));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Content.Unreadable(path, wrong);
        }
    }

    /// <returns>What a large file's directory entry says; null of a small one or none. Links are followed, as mounts swap them.</returns>
    private (string Path, long Length, DateTime Changed)? LargeState()
    {
        var file = new FileInfo(path);
        if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
        return file is { Exists: true, Length: >= Large } ? (file.FullName, file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <summary>What lies in the file, or why that cannot be known; the hash tells one state from another.</summary>
    private sealed record Content(string Hash, ReadOnlyMemory<byte> Bytes, FileProblem? Problem)
    {
        public static Content Of(byte[] bytes) => new(Convert.ToHexString(SHA256.HashData(bytes)), bytes, null);

        public static Content TooLarge(string path, long length, long most) =>
            new($"large {length}", default, new(path, $"is larger than {most / 1024 / 1024} MB", $"больше {most / 1024 / 1024} МБ"));

        public static Content Unreadable(string path, Exception wrong) => wrong is FileNotFoundException or DirectoryNotFoundException
            ? new("absent", default, new(path, "is not there", "не найден"))
            : new("unreadable", default, new(path, $"cannot be read ({wrong.GetType().Name})", $"не читается ({wrong.GetType().Name})"));
    }
}

using OptFm.Server.Faq;

namespace OptFm.Server.Content;

/// <summary>The file of a name at this node: followed like any file, its bytes kept only until they are imported.</summary>
internal sealed class OwnFile<T> : IDisposable
    where T : class
{
    private readonly SharedFileOptions _options;
    private readonly Func<string, ReadOnlyMemory<byte>, byte[]?, FileReading<T>> _read;
    private readonly WatchedFile<Seen> _file;
    private bool _starting;

    public OwnFile(SharedFileOptions options, Func<string, ReadOnlyMemory<byte>, byte[]?, FileReading<T>> read, TimeProvider clock)
    {
        (_options, _read) = (options, read);
        _file = new WatchedFile<Seen>(options.Path, See, clock) { MostBytes = options.MostBytes };
    }

    /// <summary>What was read without a problem and waits to be imported.</summary>
    public Candidate? Waiting { get; set; }

    /// <summary>Takes note of what lies there, without making anything of it.</summary>
    /// <returns>The file; or why there is none.</returns>
    public async Task<(ContentFile? File, IReadOnlyList<FileProblem> Problems)> OpenAsync(CancellationToken stop)
    {
        _starting = true;
        var seen = await _file.OpenAsync(stop);
        _starting = false;
        return (seen.Value?.File, seen.Problems);
    }

    /// <summary>Takes what lies there for a change at the next look.</summary>
    public void Forget() => _file.Forget();

    /// <returns>What is wrong with the changed file; null where nothing is.</returns>
    public async Task<FileReading<T>?> CheckAsync(CancellationToken stop) =>
        await _file.CheckAsync(stop) is { Value: null } broken ? new(null, broken.Problems, broken.Warnings) : null;

    public FileReading<T> Read(ContentFile file) => _read(file.Path, file.Bytes, file.Mapping);

    public bool IsShipped(ContentFile file) => _options.IsShipped(file.Bytes);

    public void Dispose() => _file.Dispose();

    private FileReading<Seen> See(string path, ReadOnlyMemory<byte> bytes)
    {
        Waiting = null;
        try
        {
            var file = ContentFile.Of(path, bytes, _options.Mapping());
            if (_starting) return new(new(file), [], []);

            var reading = Read(file);
            if (reading.Value is not { } value) return new(null, reading.Problems, reading.Warnings);
            Waiting = new(file, value, reading.Warnings);
            return new(new(null), [], []);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new(null, [new(path, $"cannot be read ({wrong.GetType().Name})", $"не читается ({wrong.GetType().Name})")], []);
        }
    }

    /// <summary>A file as it was read.</summary>
    public sealed record Candidate(ContentFile File, T Value, IReadOnlyList<FileProblem> Warnings);

    /// <summary>That a file was read. The watcher keeps it for good, so it holds no bytes but at the start.</summary>
    private sealed record Seen(ContentFile? File);
}

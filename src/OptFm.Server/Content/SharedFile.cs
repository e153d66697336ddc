using OptFm.Server.Faq;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>
/// One name of the shared content at one node: what the database holds is in force; what changes in the node's own file is imported,
/// and only then used, here as elsewhere.
/// </summary>
internal sealed class SharedFile<T> : IContentSource<T>
    where T : class
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SharedFileOptions _options;
    private readonly Func<string, ReadOnlyMemory<byte>, byte[]?, FileReading<T>> _read;
    private readonly SharedContent _shared;
    private readonly Database _database;
    private readonly ContentImport _import;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly OwnFile<T> _file;
    private readonly WakeUp _news = new();
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private OwnFile<T>.Candidate? _refused;
    private T? _current;

    /// <summary>The version that was last used or found unusable; 0 while there is none in the database.</summary>
    private long _version;

    /// <summary>Which version the node's file is. What was imported after it may be what this file will change to.</summary>
    private long _fileVersion;

    private int _tryAgain;
    private bool _waitingTold;

    public SharedFile(
        SharedFileOptions options, Func<string, ReadOnlyMemory<byte>, byte[]?, FileReading<T>> read, SharedContent shared, Database database, TimeProvider clock, ILogger log)
    {
        (_options, _read, _shared, _database, _clock, _log) = (options, read, shared, database, clock, log);
        _import = new ContentImport(database, clock);
        _file = new OwnFile<T>(options, read, clock);
        shared.Follow(options.Name, _news.Set);
    }

    /// <summary>Whether what a file has changed to may be imported.</summary>
    public Func<T, bool> Allows { get; set; } = _ => true;

    public T Current => Volatile.Read(ref _current) ?? throw new InvalidOperationException($"{_options.Name} was not read yet");

    /// <summary>Offers once more what was refused.</summary>
    public void TryAgain()
    {
        Interlocked.Exchange(ref _tryAgain, 1);
        _news.Set();
    }

    /// <summary>Reads what the database holds; where it holds nothing yet, the file becomes its first version. Another file waits for the first look.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<FileReading<T>> OpenAsync(CancellationToken stop)
    {
        var (file, problems) = await _file.OpenAsync(stop);
        var head = await Task.Run(() => _database.Read(session => ContentStore.Head(session, _options.Name)), stop);
        (_version, _fileVersion) = (head?.Version ?? 0, head?.Version ?? 0);
        if (head is null) return file is null ? new(null, problems, []) : await OpenFirstAsync(file);
        if (file is null) return await OpenHeadAsync(head, stop) is var kept && _options.MayBeAbsent ? kept : kept with { Warnings = [.. kept.Warnings, .. problems] };
        if (head.IsOf(file)) return Used(_file.Read(file));

        await CompareAsync(file, head, stop);
        var reading = await OpenHeadAsync(head, stop);
        return reading.Value is null && Used(_file.Read(file)) is { Value: not null } instead
            ? instead with { Warnings = [.. instead.Warnings, .. reading.Problems] }
            : reading;
    }

    public async Task<FileReading<T>?> CheckAsync(CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            if (await _file.CheckAsync(stop) is { } broken) return broken;
            return await ImportAsync() ?? await FollowAsync(stop);
        }
        catch (StoreException)
        {
            if (_file.Waiting is not null && !_waitingTold) _log.ImportWaits(_options.Name);
            _waitingTold = _file.Waiting is not null;
            return null;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async Task WatchAsync(Action<FileReading<T>> changed, CancellationToken stop)
    {
        while (true)
        {
            await _news.WaitAsync(Poll, _clock, stop);
            stop.ThrowIfCancellationRequested();
            if (await CheckAsync(stop) is { } reading) changed(reading);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _news.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task<FileReading<T>> OpenFirstAsync(ContentFile file)
    {
        var reading = Used(_file.Read(file));
        if (reading.Value is null || _file.IsShipped(file)) return reading;

        var imported = await _import.RunAsync(_options.Name, file, since: 0);
        (_version, _fileVersion) = (imported.Version, imported.Version);
        if (imported.IsNew) _log.Imported(_options.Name, imported.Version, file.Path);
        return reading;
    }

    private async Task<FileReading<T>> OpenHeadAsync(ContentVersion head, CancellationToken stop) =>
        Used(await LoadAsync(head, stop) ?? new(null, [NotWhole(head)], []));

    /// <summary>Decides whether the file is an older version, or waits to become the next.</summary>
    private async Task CompareAsync(ContentFile file, ContentVersion head, CancellationToken stop)
    {
        var last = await Task.Run(() => _database.Read(session => ContentStore.LastOf(session, _options.Name, file)), stop);
        if (last > 0)
        {
            _fileVersion = last;
            _log.OlderFile(_options.Name, file.Path, last, head.Version);
        }
        else if (!_file.IsShipped(file))
        {
            _file.Forget();
        }
    }

    /// <returns>What is in force since; null where nothing was imported.</returns>
    private async Task<FileReading<T>?> ImportAsync()
    {
        if (Interlocked.Exchange(ref _tryAgain, 0) == 1) (_file.Waiting, _refused) = (_file.Waiting ?? _refused, null);
        if (_file.Waiting is not { } next) return null;
        var isShipped = _file.IsShipped(next.File);
        if ((isShipped && _version > 0) || !Allows(next.Value))
        {
            (_refused, _file.Waiting) = (isShipped ? null : next, null);
            return null;
        }

        if (!isShipped) return await ImportAsync(next);

        // While nobody imported anything, each node answers from what came with its program.
        _file.Waiting = null;
        return Used(new(next.Value, [], next.Warnings));
    }

    private async Task<FileReading<T>?> ImportAsync(OwnFile<T>.Candidate next)
    {
        var imported = await _import.RunAsync(_options.Name, next.File, _fileVersion);
        (_fileVersion, _file.Waiting, _refused, _waitingTold) = (imported.Version, null, null, false);
        if (imported.IsNew) _log.Imported(_options.Name, imported.Version, next.File.Path);
        if (imported.Version != imported.Head)
        {
            _log.OlderFile(_options.Name, next.File.Path, imported.Version, imported.Head);
            return null;
        }

        if (_version == imported.Version) return null;
        _version = imported.Version;
        return Used(new(next.Value, [], next.Warnings));
    }

    private async Task<FileReading<T>?> FollowAsync(CancellationToken stop)
    {
        if (!_shared.HasOther(_options.Name, _version)) return null;
        var head = await Task.Run(() => _database.Read(session => ContentStore.Head(session, _options.Name)), stop);
        if (head is null || head.Version == _version || await LoadAsync(head, stop) is not { } reading) return null;

        _version = head.Version;
        _refused = null;
        return Used(reading);
    }

    /// <returns>Null where the bytes are not whole, as when they were removed while they were read.</returns>
    private Task<FileReading<T>?> LoadAsync(ContentVersion version, CancellationToken stop) => Task.Run(
        () => ContentReader.Read(_database, version) is { } bytes ? _read(version.Label, bytes, version.Mapping) : null,
        stop);

    private FileReading<T> Used(FileReading<T> reading)
    {
        if (reading.Value is { } value) Volatile.Write(ref _current, value);
        return reading;
    }

    private static FileProblem NotWhole(ContentVersion version) => new(
        version.Label, "is not whole in the database; import it again: optfm content import", "лежит в базе не целиком; импортируйте ещё раз: optfm content import");
}

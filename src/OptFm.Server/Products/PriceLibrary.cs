using OptFm.Server.Content;
using OptFm.Server.Faq;

namespace OptFm.Server.Products;

/// <summary>The price list that holds now, if there is one. The file is read again whenever it changes; a bad one keeps the old list live.</summary>
public sealed class PriceLibrary : IDisposable
{
    private readonly IContentSource<PriceSnapshot> _file;
    private readonly ILogger _log;
    private PriceSnapshot? _current;

    private PriceLibrary(PriceOptions options, SharedContent? shared, ILogger log, TimeProvider time)
    {
        _log = log;
        if (shared is null) _file = new WatchedFile<PriceSnapshot>(options.PriceFile, PriceFile.Read, time) { MostBytes = PriceFile.MostBytes };
        else _file = shared.File(options.Shared, PriceFile.ReadWith);
    }

    /// <summary>Null while no list was read: then the bot answers from the FAQ alone.</summary>
    public PriceSnapshot? Current => Volatile.Read(ref _current);

    /// <summary>Reads the list. A shop without one, or with a bad one, still has a bot.</summary>
    public static async Task<PriceLibrary> OpenAsync(PriceOptions options, ILogger log, TimeProvider time, CancellationToken stop, SharedContent? shared = null)
    {
        var library = new PriceLibrary(options, shared, log, time);
        var reading = await library._file.OpenAsync(stop);
        if (reading.Value is not null || File.Exists(options.PriceFile) || !options.Shared.MayBeAbsent) library.Tell(reading);
        if (shared is not null) await library.ReloadAsync(stop);
        return library;
    }

    public Task WatchAsync(CancellationToken stop) => _file.WatchAsync(Tell, stop);

    /// <summary>Reads at once what changed, as SIGHUP asks.</summary>
    public async Task ReloadAsync(CancellationToken stop)
    {
        if (await _file.CheckAsync(stop) is { } reading) Tell(reading);
    }

    public void Dispose() => _file.Dispose();

    private void Tell(FileReading<PriceSnapshot> reading)
    {
        foreach (var warning in reading.Warnings) _log.FileWarning(warning.InEnglish, warning.InRussian);
        foreach (var problem in reading.Problems) _log.FileRefused(problem.InEnglish, problem.InRussian);
        if (reading.Value is not { } price) return;
        Volatile.Write(ref _current, price);
        _log.PriceRead(price.Report.Products, price.Report.Unread.Count);
    }
}

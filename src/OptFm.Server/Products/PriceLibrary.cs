using OptFm.Server.Faq;

namespace OptFm.Server.Products;

/// <summary>The price list that holds now, if there is one. The file is read again whenever it changes; a bad one keeps the old list live.</summary>
public sealed class PriceLibrary : IDisposable
{
    private readonly WatchedFile<PriceSnapshot> _file;
    private readonly ILogger _log;
    private PriceSnapshot? _current;

    private PriceLibrary(PriceOptions options, ILogger log, TimeProvider time) =>
        (_file, _log) = (new WatchedFile<PriceSnapshot>(options.PriceFile, PriceFile.Read, time) { MostBytes = PriceFile.MostBytes }, log);

    /// <summary>Null while no list was read: then the bot answers from the FAQ alone.</summary>
    public PriceSnapshot? Current => Volatile.Read(ref _current);

    /// <summary>Reads the list. A shop without one, or with a bad one, still has a bot.</summary>
    public static async Task<PriceLibrary> OpenAsync(PriceOptions options, ILogger log, TimeProvider time, CancellationToken stop)
    {
        var library = new PriceLibrary(options, log, time);
        var reading = await library._file.OpenAsync(stop);
        if (File.Exists(options.PriceFile)) library.Tell(reading);
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
        foreach (var problem in reading.Problems) _log.FileRefused(problem.InEnglish, problem.InRussian);
        if (reading.Value is not { } price) return;
        Volatile.Write(ref _current, price);
        _log.PriceRead(price.Report.Products, price.Report.Unread.Count);
    }
}

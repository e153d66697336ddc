using OptFm.Server.Faq;
using OptFm.Server.Operations;
using OptFm.Server.Products;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>All that a server answers from: its files, or what the nodes of a database share.</summary>
public sealed class ShopContent : IDisposable
{
    private readonly SharedContent? _shared;

    private ShopContent(FaqLibrary faq, PriceLibrary price, SharedContent? shared) => (Faq, Price, _shared) = (faq, price, shared);

    public FaqLibrary Faq { get; }

    public PriceLibrary Price { get; }

    /// <param name="database">The database that holds it for all nodes; null where the files alone do.</param>
    /// <exception cref="StartupException">There is nothing to answer from.</exception>
    public static async Task<ShopContent> OpenAsync(ServerSettings settings, Database? database, ILoggerFactory loggers, TimeProvider clock, CancellationToken stop)
    {
        var shared = database is null ? null : new SharedContent(database, database.Clock ?? clock, loggers.CreateLogger<SharedContent>());
        try
        {
            var faq = await OpenFaqAsync(settings.Faq, shared, loggers.CreateLogger<FaqLibrary>(), clock, stop);
            return new(faq, await PriceLibrary.OpenAsync(settings.Price, loggers.CreateLogger<PriceLibrary>(), clock, stop, shared), shared);
        }
        catch (StoreException e)
        {
            throw new StartupException([($"the database cannot be used: {e.Message}", $"база данных недоступна: {e.InRussian}")], e) { MayPass = true };
        }
    }

    /// <summary>Follows files and database until stopped.</summary>
    public Task WatchAsync(CancellationToken stop) =>
        Task.WhenAll(Faq.WatchAsync(stop), Price.WatchAsync(stop), _shared?.RunAsync(stop) ?? Task.CompletedTask);

    /// <summary>Says that another node may have brought something new.</summary>
    public void Wake() => _shared?.Wake();

    /// <summary>Reads again at once what changed.</summary>
    public Task ReloadAsync(CancellationToken stop) => Task.WhenAll(Faq.ReloadAsync(stop), Price.ReloadAsync(stop));

    public void Dispose()
    {
        Faq.Dispose();
        Price.Dispose();
        _shared?.Dispose();
    }

    private static async Task<FaqLibrary> OpenFaqAsync(FaqOptions options, SharedContent? shared, ILogger log, TimeProvider clock, CancellationToken stop)
    {
        var reading = await FaqLibrary.OpenAsync(options, log, clock, stop, shared);
        foreach (var warning in reading.Warnings) log.LogWarning("{Warning}", warning.InEnglish);
        return reading.Value ?? throw new StartupException([.. reading.Problems.Select(p => (p.InEnglish, p.InRussian))]);
    }
}

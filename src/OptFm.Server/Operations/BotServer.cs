using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OptFm.Server.Answers;
using OptFm.Server.Faq;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Operations;

/// <summary>The whole server, put together: database, FAQ, channels with their workers, HTTP.</summary>
public sealed class BotServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for what is under way before it cuts it; with what follows it stays within 10 s.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(7);

    private readonly Database _database;
    private readonly FaqLibrary _library;
    private readonly List<ChannelWorkers> _workers;
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private Task _running = Task.CompletedTask;

    private BotServer(Database database, FaqLibrary library, List<ChannelWorkers> workers, WebApplication app, TimeProvider clock)
    {
        _database = database;
        _library = library;
        _workers = workers;
        _app = app;
        _clock = clock;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <exception cref="StartupException">It cannot start; nothing is left behind.</exception>
    public static async Task<BotServer> StartAsync(
        ServerSettings settings, ILoggerFactory logs, TimeProvider clock, Random random, CancellationToken stop)
    {
        var library = await OpenLibraryAsync(settings.Faq, logs, clock, stop);
        var database = OpenDatabase(settings.Storage);
        await RescueAsync(database, clock);

        var inbox = new InboxStore(database, clock);
        var tools = new WorkerTools(
            database, inbox, new AnswerSteps(library), settings.Outbox,
            new RetrySchedule(random, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)), clock, logs);
        var workers = new List<ChannelWorkers>();

        var app = BuildHttp(settings.Http, logs);
        var server = new BotServer(database, library, workers, app, clock);
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new StartupException(
                [($"cannot listen on {settings.Http.Address}:{settings.Http.ListenPort}: {e.Message}", $"не удалось занять {settings.Http.Address}:{settings.Http.ListenPort}: {e.Message}")], e);
        }

        server.Run();
        return server;
    }

    /// <summary>Waits for SIGTERM or Ctrl+C, then stops: accepts nothing more, finishes what is under way, leaves the rest for the next start.</summary>
    public async Task WaitForStopAsync()
    {
        await _app.WaitForShutdownAsync();
        await FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await FinishAsync();
        await _app.DisposeAsync();
        foreach (var worker in _workers) worker.Dispose();
        _library.Dispose();
        _database.Dispose();
    }

    private static async Task<FaqLibrary> OpenLibraryAsync(FaqOptions options, ILoggerFactory logs, TimeProvider clock, CancellationToken stop)
    {
        var reading = await FaqLibrary.OpenAsync(options, logs.CreateLogger<FaqLibrary>(), clock, stop);
        return reading.Value ?? throw new StartupException([.. reading.Problems.Select(p => (p.InEnglish, p.InRussian))]);
    }

    private static Database OpenDatabase(StorageOptions options)
    {
        try
        {
            return Database.OpenToServe(options.DatabaseFile);
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException([($"the database cannot be used: {e.Message}", $"база данных недоступна: {e.Message}")], e);
        }
    }

    /// <summary>Takes up what the last process left in the middle.</summary>
    private static Task<int> RescueAsync(Database database, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(session =>
        {
            Lanes.Rescue(session, now);
            return OutboxStore.Rescue(session);
        });
    }

    private static WebApplication BuildHttp(HttpOptions options, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(new IPEndPoint(options.Address, options.ListenPort));
            kestrel.Limits.MaxRequestBodySize = WebhookEndpoint.MostBytes + 1;
        });
        return builder.Build();
    }

    private void Run()
    {
        var stop = _app.Lifetime.ApplicationStopping;
        _running = Task.WhenAll([_library.WatchAsync(stop), .. _workers.Select(worker => worker.RunAsync(stop))]);
    }

    private async Task FinishAsync()
    {
        try
        {
            await _running.WaitAsync(Grace, _clock);
        }
        catch (TimeoutException)
        {
            foreach (var worker in _workers) worker.Abandon();
            await _running.WaitAsync(TimeSpan.FromSeconds(1), _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException)
        {
            // The watchers of files end this way.
        }
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Web;
using OptFm.Server.Content;
using OptFm.Server.Inbox;
using OptFm.Server.Nodes;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Retention;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Operations;

/// <summary>The whole server, put together: database, FAQ, channels with their workers, HTTP.</summary>
public sealed class BotServer : IAsyncDisposable
{
    /// <summary>How long a stop waits for what is under way before it cuts it; with what follows it stays within 10 s.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private readonly Database _database;
    private readonly ShopContent _content;
    private readonly TimeProvider _clock;
    private readonly BotTelemetry _telemetry;
    private readonly List<ChannelWorkers> _workers = [];
    private Node _node = Node.Alone;
    private Observability? _observability;
    private WebApplication? _app;
    private Task _running = Task.CompletedTask;
    private bool _finished;

    private BotServer(Database database, ShopContent content, TimeProvider clock)
    {
        _database = database;
        _content = content;
        _clock = clock;
        _telemetry = new BotTelemetry(clock);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Whether all workers run; once one has ended for good, only a restart brings it back.</summary>
    public bool Working => _workers.TrueForAll(worker => worker.Running);

    /// <summary>Every address it answers on, with its methods, such as <c>GET HEAD /health</c>.</summary>
    internal IReadOnlyList<string> Routes =>
    [
        .. ((IEndpointRouteBuilder)_app!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => $"{string.Join(' ', route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])} {route.RoutePattern.RawText}")
            .Order(StringComparer.Ordinal),
    ];

    /// <param name="random">For the jitter of retries.</param>
    /// <exception cref="StartupException">It cannot start; nothing is left behind.</exception>
    public static async Task<BotServer> StartAsync(
        ServerSettings settings, Logs logs, ILoggerFactory loggers, TimeProvider clock, Random random, CancellationToken stop)
    {
        var files = settings.Storage.Postgres is null ? await ShopContent.OpenAsync(settings, null, loggers, clock, stop) : null;
        var database = OpenDatabase(settings.Storage, clock);
        var content = files ?? await OpenSharedAsync(settings, database, loggers, clock, stop);
        clock = database.Clock ?? clock;
        var server = new BotServer(database, content, clock);
        try
        {
            if (database.ServedAlone) await RescueAsync(database, clock);
            server._node = await JoinAsync(database, clock, loggers);
            await server.StartHttpAsync(settings, logs, loggers, random, stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the FAQ, the phrases and the price list again where they changed, as SIGHUP asks.</summary>
    public Task ReloadAsync() => _content.ReloadAsync(CancellationToken.None);

    /// <summary>Waits for SIGTERM or Ctrl+C, then stops: accepts nothing more, finishes what is under way, leaves the rest for the next start.</summary>
    /// <param name="stop">Stops too. The command line takes SIGTERM as well and waits for the command before the host hears of it.</param>
    public async Task WaitForStopAsync(CancellationToken stop)
    {
        await _app!.WaitForShutdownAsync(stop);
        await FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.StopAsync();
        await FinishAsync();
        if (_app is not null) await _app.DisposeAsync();
        foreach (var worker in _workers) worker.Dispose();
        if (_observability is not null) await _observability.DisposeAsync();
        _telemetry.Dispose();
        _content.Dispose();
        await _node.LeaveAsync();
        _database.Dispose();
    }

    private static async Task<ShopContent> OpenSharedAsync(ServerSettings settings, Database database, ILoggerFactory loggers, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            return await ShopContent.OpenAsync(settings, database, loggers, clock, stop);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static Database OpenDatabase(StorageOptions options, TimeProvider clock)
    {
        try
        {
            return Database.OpenToServe(options, clock);
        }
        catch (StoreException e)
        {
            throw new StartupException([($"the database cannot be used: {e.Message}", $"база данных недоступна: {e.InRussian}")], e) { MayPass = e.MayPass };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException([($"the database cannot be used: {e.Message}", $"база данных недоступна: {e.Message}")], e);
        }
    }

    private static async Task<Node> JoinAsync(Database database, TimeProvider clock, ILoggerFactory logs)
    {
        try
        {
            return await Node.JoinAsync(database, clock, logs.CreateLogger<Node>());
        }
        catch (StoreException e)
        {
            throw new StartupException([($"the database cannot be used: {e.Message}", $"база данных недоступна: {e.InRussian}")], e) { MayPass = true };
        }
    }

    /// <summary>Takes up what the last process left in the middle.</summary>
    private static async Task RescueAsync(Database database, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            await database.WriteAsync(session =>
            {
                Lanes.Rescue(session, now);
                return OutboxStore.Rescue(session);
            });
        }
        catch (StoreException e)
        {
            // It could be opened and not written: a full disk. That passes once somebody makes room.
            throw new StartupException([($"the database cannot be written: {e.Message}", $"в базу данных нельзя писать: {e.InRussian}")], e) { MayPass = true };
        }
    }

    private async Task StartHttpAsync(ServerSettings settings, Logs logs, ILoggerFactory loggers, Random random, CancellationToken stop)
    {
        var tools = new WorkerTools
        {
            Database = _database,
            Inbox = new InboxStore(_database, _clock, _telemetry),
            Answers = new AnswerSteps(_content.Faq, _content.Price),
            Outbox = settings.Outbox with { MostRefusals = settings.Max.Attempts },
            Retries = new RetrySchedule(random, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30)),
            Pressure = new AckPressure(),
            Contacts = new ChannelContacts(_clock),
            Messages = new MessageLog(settings.Log, loggers),
            Node = _node,
            Duties = new Duties(_database, _node),
            Telemetry = _telemetry,
            Clock = _clock,
            Logs = loggers,
        };
        _observability = new Observability(settings, tools);
        var chats = new WebChats(new WebStreamLimits());
        _workers.Add(new ChannelWorkers(new WebChannel(), tools, settled: chats.Notify));
        foreach (var channel in ChannelList.Messengers(settings, _clock, loggers, _telemetry.Meter))
            _workers.Add(new ChannelWorkers(channel, tools, poll: ChannelList.IsPolled(channel, settings)));

        var watch = new WatchParts(settings, _database, _workers.Select(worker => worker.Channel), stopped => tools.Duties.IsMineAsync(Duties.Watchdog, stopped), _clock, random, loggers);
        WatchGauges.Add(_telemetry.Meter.Meter, watch.Board, [.. _workers.Select(worker => worker.Channel.Name)], _clock);
        _database.Woken = (topic, name) => Wake(chats, topic, name);
        _app = HttpServer.Build(settings.Http, loggers);
        if (logs.Api(settings.Http) is { } api) _app.Use(next => context => api.InvokeAsync(context, next));
        _app.Use(next => context => BrokenBody.GuardAsync(context, next));
        new Operations.Routes(settings, tools, chats, _workers, _content.Faq, watch).Map(_app);
        _observability.Start(_app, [.. _workers.Select(worker => worker.Channel.Name)], () => Working, _content.Faq, _content.Price);
        await HttpServer.ListenAsync(_app, settings.Http, stop);

        var stopping = _app.Lifetime.ApplicationStopping;
        var retention = new RetentionWorker(settings.Retention, _database, stopped => tools.Duties.IsMineAsync(Duties.Retention, stopped), _clock, loggers.CreateLogger<RetentionWorker>());
        _running = Task.WhenAll(
        [
            retention.RunAsync(stopping), watch.RunAsync(stopping), _content.WatchAsync(stopping),
            .. _workers.Select(worker => worker.RunAsync(stopping)),
        ]);
    }

    /// <summary>Hears what another process has put on disk.</summary>
    private void Wake(WebChats chats, string topic, string name)
    {
        if (topic == SharedContent.Topic) _content.Wake();
        if (topic == OutboxWorker.SettledTopic) chats.Notify(name);
        if (_workers.Find(worker => worker.Channel.Name == name) is not { } waiting) return;
        if (topic == QueueName.In) waiting.Wake();
        if (topic == QueueName.Out) waiting.WakeOutbox();
    }

    private async Task FinishAsync()
    {
        // Whatever outlasted the grace once would outlast it again when the server is disposed of, and twice the grace is too long.
        if (_finished) return;
        _finished = true;
        if (await EndedAsync(Grace)) return;

        foreach (var worker in _workers) worker.Abandon();
        await EndedAsync(TimeSpan.FromSeconds(1));
    }

    private async Task<bool> EndedAsync(TimeSpan within)
    {
        await Task.WhenAny(_running, Task.Delay(within, _clock, CancellationToken.None));
        return _running.IsCompleted;
    }
}

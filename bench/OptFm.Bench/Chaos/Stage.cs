using OptFm.Bench.Chaos.Accounts;
using OptFm.Bench.Chaos.Crowd;
using OptFm.Bench.Chaos.Nodes;
using OptFm.Bench.Chaos.Stores;
using OptFm.Bench.Pipeline;
using OptFm.Postgres;
using OptFm.Sandbox;

namespace OptFm.Bench.Chaos;

/// <summary>Nodes on a database, messengers before them, and the questions that the bot is known to answer.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>A messenger's hour is three minutes here: what it repeats is to be repeated within the run.</summary>
    private const double RetrySpeed = 20;

    /// <summary>A messenger repeats ever later what was refused again and again.</summary>
    private static readonly TimeSpan ForDeliveries = TimeSpan.FromMinutes(1);

    private readonly ChaosOptions _options;
    private readonly DirectoryInfo _folder;
    private readonly List<Node> _nodes = [];

    private Stage(ChaosOptions options, DirectoryInfo folder, RunClock clock, World world, Upstream upstream, Lessons lessons, List<Node> nodes)
    {
        (_options, _folder, _nodes) = (options, folder, nodes);
        (World, Upstream, Lessons, Ledger) = (world, upstream, lessons, new ChaosLedger(clock, lessons));
    }

    public World World { get; }

    public Upstream Upstream { get; }

    public Lessons Lessons { get; }

    public ChaosLedger Ledger { get; }

    /// <exception cref="BenchException">Something needed is absent, or the bot does not answer.</exception>
    public static async Task<Stage> OpenAsync(ChaosOptions options, DirectoryInfo folder, RunClock clock, TextWriter progress, CancellationToken stop)
    {
        if (!options.Server.Exists) throw new BenchException($"{options.Server} is absent: run ./dev build");

        IChaosStore store = options.OnPostgres ? await PostgresStore.StartAsync() : await SqliteStore.StartAsync();
        var (nodes, time) = (new List<Node>(), new JumpingClock());
        var upstream = new Upstream(nodes, clock);
        var sandbox = await SandboxServer.StartAsync(new() { Seed = options.Seed, Time = time, KeepRecords = false, DeliveryHandler = upstream, RetrySpeed = RetrySpeed }, stop);
        var polled = Polled(options);
        var world = new World { Clock = clock, Events = new(clock, progress), MessengersClock = time, Sandbox = sandbox, Nodes = nodes, Store = store, Polled = polled };
        var stage = new Stage(options, folder, clock, world, upstream, new Lessons(), nodes);
        try
        {
            foreach (var messenger in Chaos.World.Messengers.Except(polled)) sandbox[messenger].SetWebhook(NodeSettings.Webhook(messenger), NodeSettings.Secret);
            await stage.StartNodesAsync(stop);
            await stage.LearnAsync(stop);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public Customers NewCustomers() => new(_options, Lessons.Questions, World.Sandbox, Ledger, World.Clock);

    /// <summary>Until everything acknowledged is answered, or patience runs out; what no node has taken yet is waited for a little.</summary>
    public async Task DrainAsync(CancellationToken stop)
    {
        var begun = World.Clock.Now;
        while ((Undelivered > 0 && World.Clock.Now < begun + ForDeliveries) || (Ledger.Waiting > 0 && World.Clock.Now < begun + _options.Drain))
            await World.PauseAsync(TimeSpan.FromMilliseconds(200), stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await World.Sandbox.DisposeAsync();
        await World.Store.DisposeAsync();
    }

    private int Undelivered => Chaos.World.Messengers.Sum(messenger => World.Sandbox[messenger].PendingUpdates);

    private async Task StartNodesAsync(CancellationToken stop)
    {
        for (var i = 1; i <= _options.Nodes; i++)
        {
            var (name, port) = ($"n{i}", LoopbackPort.Free());
            var settings = NodeSettings.Of(name, port, World.Sandbox, World.Polled, World.Store);
            var node = new Node(name, _options.Server, Path.Combine(_folder.FullName, name), port, settings, World.Clock, World.Events);
            _nodes.Add(node);
            node.Start();
            await node.UntilLiveAsync(stop);
        }
    }

    private async Task LearnAsync(CancellationToken stop)
    {
        var log = World.Sandbox.Log;
        await Lessons.LearnAsync(World.Sandbox, Questions.Of(_options.Server).Texts, World.Clock, stop);
        Upstream.Ledger = Ledger;
        (log.Sent.OnAdded, log.Calls.OnAdded, log.Violations.OnAdded) = (Ledger.Receive, Ledger.Over, Ledger.Violated);
    }

    /// <summary>From the seed unless told: nobody, Telegram or MAX is polled.</summary>
    private static IReadOnlyList<Messenger> Polled(ChaosOptions options)
    {
        if (options.Polled.Count > 0) return [.. Chaos.World.Messengers.Where(messenger => options.Polled.Contains($"{messenger}", StringComparer.OrdinalIgnoreCase))];
        return (options.Seed % 3) switch { 1 => [Messenger.Telegram], 2 => [Messenger.Max], _ => [] };
    }
}

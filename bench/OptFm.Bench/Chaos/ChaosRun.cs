using System.Net;
using System.Net.Sockets;
using OptFm.Bench.Chaos.Accounts;
using OptFm.Bench.Chaos.Crowd;
using OptFm.Bench.Chaos.Nodes;
using OptFm.Bench.Chaos.Stores;
using OptFm.Bench.Pipeline;
using OptFm.Sandbox;

namespace OptFm.Bench.Chaos;

/// <summary>One run from the first start of the nodes to the report.</summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter progress)
{
    /// <summary>A messenger's hour is three minutes here: what it repeats is to be repeated within the run.</summary>
    private const double RetrySpeed = 20;

    /// <summary>For what comes twice, and late.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(5);

    private readonly RunClock _clock = new(TimeProvider.System);

    public async Task<ChaosReport> RunAsync(CancellationToken stop)
    {
        if (!options.Server.Exists) throw new BenchException($"{options.Server} is absent: run ./dev build");

        var folder = Directory.CreateTempSubdirectory("optfm-chaos-");
        var report = await RunInAsync(folder, stop);
        if (report.Passed) folder.Delete(recursive: true);
        else await progress.WriteLineAsync($"The nodes' logs are in {folder}");
        return report;
    }

    private async Task<ChaosReport> RunInAsync(DirectoryInfo folder, CancellationToken stop)
    {
        await using IChaosStore store = options.OnPostgres ? await PostgresStore.StartAsync() : await SqliteStore.StartAsync();
        var nodes = new List<Node>();
        var time = new JumpingClock();
        var upstream = new Upstream(nodes, _clock);
        await using var sandbox = await SandboxServer.StartAsync(
            new() { Seed = options.Seed, Time = time, KeepRecords = false, DeliveryHandler = upstream, RetrySpeed = RetrySpeed }, stop);
        var polled = Polled();
        foreach (var messenger in World.Messengers.Except(polled)) sandbox[messenger].SetWebhook(NodeSettings.Webhook(messenger), NodeSettings.Secret);
        var events = new Events(_clock, progress);
        for (var i = 1; i <= options.Nodes; i++) nodes.Add(NewNode($"n{i}", folder, sandbox, polled, store, events));
        var world = new World { Clock = _clock, Events = events, MessengersClock = time, Sandbox = sandbox, Nodes = nodes, Store = store, Polled = polled };
        try
        {
            foreach (var node in nodes)
            {
                node.Start();
                await node.UntilLiveAsync(stop);
            }

            return await LiveAsync(world, upstream, stop);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    private async Task<ChaosReport> LiveAsync(World world, Upstream upstream, CancellationToken stop)
    {
        var lessons = new Lessons();
        await lessons.LearnAsync(world.Sandbox, Questions.Of(options.Server).Texts, _clock, stop);
        var ledger = new ChaosLedger(_clock, lessons);
        upstream.Ledger = ledger;
        (world.Sandbox.Log.Sent.OnAdded, world.Sandbox.Log.Calls.OnAdded, world.Sandbox.Log.Violations.OnAdded) = (ledger.Receive, ledger.Over, ledger.Violated);

        using var customers = new Customers(options, lessons.Questions, world.Sandbox, ledger, _clock);
        var schedule = new Schedule(options, world);
        var until = _clock.Now + options.Length;
        await Task.WhenAll(customers.WriteAsync(until, stop), schedule.RunAsync(until, stop));
        var quiet = _clock.Now;
        await DrainAsync(world, ledger, stop);
        foreach (var node in world.Nodes)
        {
            if (await node.StopAsync() is not 0 and var code) world.Events.Add("unclean_stop", $"{node.Name}, exit code {code}");
        }

        return await new Accountant(options, world, ledger, schedule, upstream).ReportAsync(quiet);
    }

    /// <summary>Until everything acknowledged is answered and nothing is left to deliver, or patience runs out.</summary>
    private async Task DrainAsync(World world, ChaosLedger ledger, CancellationToken stop)
    {
        await progress.WriteLineAsync($"{_clock.Now.TotalSeconds,8:0.0} s  all faults are over; {ledger.Waiting} wait for their replies");
        for (var until = _clock.Now + options.Drain; _clock.Now < until && (ledger.Waiting > 0 || World.Messengers.Sum(m => world.Sandbox[m].PendingUpdates) > 0);)
            await world.PauseAsync(TimeSpan.FromMilliseconds(200), stop);
        await world.PauseAsync(Afterwards, stop);
    }

    /// <summary>From the seed: nobody, Telegram or MAX is polled.</summary>
    private IReadOnlyList<Messenger> Polled()
    {
        if (options.Polled.Count > 0) return [.. World.Messengers.Where(messenger => options.Polled.Contains($"{messenger}", StringComparer.OrdinalIgnoreCase))];
        return (options.Seed % 3) switch { 1 => [Messenger.Telegram], 2 => [Messenger.Max], _ => [] };
    }

    private Node NewNode(string name, DirectoryInfo folder, SandboxServer sandbox, IReadOnlyList<Messenger> polled, IChaosStore store, Events events)
    {
        var port = FreePort();
        return new Node(name, options.Server, Path.Combine(folder.FullName, name), port, NodeSettings.Of(name, port, sandbox, polled, store), _clock, events);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

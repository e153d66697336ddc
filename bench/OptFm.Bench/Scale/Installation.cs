using System.Globalization;
using System.Net;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary>A database and the nodes that serve from it.</summary>
internal sealed class Installation(Workbench bench, TestedStore store, DirectoryInfo folder) : IAsyncDisposable
{
    private readonly List<ServerUnderTest> _nodes = [];

    public TestedStore Store => store;

    public int Nodes => _nodes.Count;

    public IReadOnlyList<IPEndPoint> Addresses => [.. _nodes.Select(node => node.Address)];

    public async Task StartAsync(int nodes, CancellationToken stop)
    {
        for (var i = 0; i < nodes; i++)
        {
            // An embedded database is in the node's folder; a node that shares one has nothing of its own.
            var own = store.Url.Length == 0 ? folder : folder.CreateSubdirectory($"node-{i}");
            _nodes.Add(await ServerUnderTest.StartAsync(bench.Options.Server, own.FullName, bench.Max.Address, store.Url, stop));
        }
    }

    public async Task StopNodesAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        _nodes.Clear();
    }

    /// <summary>Asks every question once, one after another.</summary>
    public void Rehearse(int firstTurn = 0)
    {
        using var rehearsal = new Rehearsal(bench.Questions, bench.Max, _nodes[0]) { FirstTurn = firstTurn };
        rehearsal.Run();
    }

    /// <summary>What the nodes printed first.</summary>
    public string Output() => string.Join('\n', _nodes.Select(node => node.Output()));

    public async Task<Usage> UsageAsync(CancellationToken stop)
    {
        var figures = new List<string>();
        foreach (var node in _nodes) figures.Add(await bench.Http.GetStringAsync(new Uri($"http://{node.Address}/metrics"), stop));
        double Sum(string name) => figures.Sum(text => Figure(text, name));
        return new(
            TimeSpan.FromTicks(_nodes.Sum(node => node.Cpu.Ticks)),
            store.Cpu(),
            Sum("optfm_database_statements_total"),
            Sum("optfm_database_round_trips_total"),
            Sum("optfm_database_commits_total"));
    }

    public async ValueTask DisposeAsync()
    {
        await StopNodesAsync();
        folder.Delete(recursive: true);
    }

    private static double Figure(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal))
            ?? throw new BenchException($"the server does not show {name}");
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }
}

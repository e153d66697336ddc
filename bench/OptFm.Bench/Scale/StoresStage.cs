using System.Diagnostics;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary>One load on SQLite and on PostgreSQL with one, two and three nodes.</summary>
internal sealed class StoresStage(Workbench bench)
{
    private const long WarmUpId = 2_000_000_000;

    public async Task<IReadOnlyList<StoreReport>> RunAsync(CancellationToken stop)
    {
        var installations = new List<Installation>();
        try
        {
            foreach (var nodes in (int[])[0, 1, 2, 3]) installations.Add(await StartAsync(nodes, stop));
            var alone = new List<LoneReport>();
            foreach (var installation in installations) alone.Add(await OneByOneAsync(installation, stop));
            var measured = installations.ConvertAll(_ => new List<Measurement>());
            for (var round = 0; round < bench.Options.Rounds; round++) await MeasureAsync(installations, measured, round, stop);
            return [.. installations.Select((installation, i) => StoreReport.Of(installation, measured[i], measured[0], alone[i]))];
        }
        finally
        {
            foreach (var installation in installations) await installation.DisposeAsync();
        }
    }

    /// <param name="nodes">On PostgreSQL; 0 for one on SQLite.</param>
    private async Task<Installation> StartAsync(int nodes, CancellationToken stop)
    {
        var installation = nodes == 0 ? bench.Sqlite() : await bench.PostgresAsync();
        await installation.StartAsync(Math.Max(1, nodes), stop);
        installation.Rehearse();
        var ledger = new Ledger(bench.Questions, bench.Load.ChatsFor(bench.Options.WarmUp, bench.Options.Chats), WarmUpId);
        await bench.Load.RunAsync(installation.Addresses, ledger, bench.Options.WarmUp, stop);
        return installation;
    }

    /// <summary>What a message costs that has no company.</summary>
    private async Task<LoneReport> OneByOneAsync(Installation installation, CancellationToken stop)
    {
        var messages = bench.Questions.Count;
        var (before, start) = (await installation.UsageAsync(stop), Stopwatch.GetTimestamp());
        installation.Rehearse(firstTurn: messages);
        var took = Stopwatch.GetElapsedTime(start);
        var used = (await installation.UsageAsync(stop)).Since(before);
        return new(Figures.Rounded(took.TotalMilliseconds / messages), Figures.Rounded(used.Statements / messages), Figures.Rounded(used.RoundTrips / messages));
    }

    /// <summary>Each second round goes the other way, so that no installation always comes after the same one.</summary>
    private async Task MeasureAsync(List<Installation> installations, List<List<Measurement>> measured, int round, CancellationToken stop)
    {
        var order = Enumerable.Range(0, installations.Count);
        foreach (var i in round % 2 == 0 ? order : order.Reverse())
        {
            var updates = bench.Options.Updates;
            var ledger = new Ledger(bench.Questions, bench.Load.ChatsFor(updates, bench.Options.Chats), Filling.FirstId, firstTurn: round * bench.Questions.Count);
            var one = await Measurement.OfAsync(bench, installations[i], ledger, updates, stop);
            measured[i].Add(one);
            await bench.Progress.WriteLineAsync($"{installations[i].Store.Name} x {installations[i].Nodes}: {one.RepliesPerSecond:0} replies/s");
        }
    }
}

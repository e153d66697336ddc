using System.Diagnostics;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary>Works off a short backlog and a long one, and takes new updates meanwhile.</summary>
internal sealed class BacklogStage(Workbench bench, FilledInstallations filled)
{
    private const int MostClaimed = 64;

    private readonly TimeProvider _clock = TimeProvider.System;
    private int _replies;

    private int Chats => bench.Options.Sizes.Max();

    public async Task<IReadOnlyList<BacklogReport>> RunAsync(CancellationToken stop)
    {
        var reports = new List<BacklogReport>();
        foreach (var store in FilledInstallations.Stores)
        {
            var installation = await filled.OfAsync(store, Chats, stop);
            var small = await MeasureAsync(installation, bench.Options.Updates * 2, stop);
            await DrainedAsync(bench.Options.Updates * 3, stop);
            reports.Add(small);
            reports.Add((await MeasureAsync(installation, Math.Min(Chats, bench.Options.Backlog), stop)).ComparedTo(small));
            // What is left would be worked off beside the next measurement, and its replies be counted there.
            await installation.StopNodesAsync();
        }

        return reports;
    }

    private async Task<BacklogReport> MeasureAsync(Installation installation, int pending, CancellationToken stop)
    {
        await installation.StopNodesAsync();
        await filled.FillAsync(installation, Filling.Backlog(installation.Store, pending, $"backlog of {pending}"), $"{pending} waiting updates", stop);
        Volatile.Write(ref _replies, 0);
        bench.Max.Tell((_, _) => Interlocked.Increment(ref _replies));
        var claim = await installation.Store.ExplainClaimAsync(MostClaimed);
        await installation.StartAsync(1, stop);
        var report = await WorkOffAsync(installation, pending, claim, stop);
        var delivery = new Delivery(installation.Addresses, bench.Questions, filled.LedgerOf(Chats, turnsBefore: 1000 + pending));
        delivery.Run(bench.Options.Updates, bench.Options.Connections, bench.Options.Longest, stop);
        return report with { AckP99Ms = Figures.Rounded(delivery.Percentile(99).TotalMilliseconds), ClaimAfterwards = Explained.Of(await installation.Store.ExplainClaimAsync(MostClaimed)) };
    }

    /// <summary>The node works from its start on; it is looked at from a moment later to so many replies later.</summary>
    private async Task<BacklogReport> WorkOffAsync(Installation installation, int pending, ClaimPlan claim, CancellationToken stop)
    {
        var reads = await installation.Store.ReadsAsync();
        var (before, first, start) = (await installation.UsageAsync(stop), _replies, Stopwatch.GetTimestamp());
        await DrainedAsync(first + bench.Options.Updates, stop);
        var (replies, took) = (_replies - first, Stopwatch.GetElapsedTime(start));
        var used = (await installation.UsageAsync(stop)).Since(before);
        var (readsAfter, repliesAfter) = (await installation.Store.ReadsAsync(), _replies);
        await bench.Progress.WriteLineAsync($"{installation.Store.Name}, {pending} waiting: {replies / took.TotalSeconds:0} replies/s");
        return new()
        {
            Store = installation.Store.Name,
            Pending = pending,
            RepliesPerSecond = Figures.Rounded(replies / took.TotalSeconds),
            CpuMs = Figures.Rounded((used.NodesCpu + used.DatabaseCpu).TotalMilliseconds / replies),
            PagesPerMessage = readsAfter is null ? null : Figures.Rounded((readsAfter.Value.Pages - reads!.Value.Pages) / (double)(repliesAfter - first)),
            TablesReadWhole = readsAfter?.WholeReads - reads?.WholeReads,
            Claim = Explained.Of(claim),
        };
    }

    /// <exception cref="BenchException">It takes too long.</exception>
    private async Task DrainedAsync(int replies, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _replies) < replies)
        {
            if (Stopwatch.GetElapsedTime(start) > bench.Options.Longest) throw new BenchException($"only {_replies} of {replies} replies came");
            await Task.Delay(TimeSpan.FromMilliseconds(5), _clock, stop);
        }
    }
}

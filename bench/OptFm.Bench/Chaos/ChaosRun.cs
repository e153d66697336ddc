using OptFm.Bench.Chaos.Accounts;

namespace OptFm.Bench.Chaos;

/// <summary>One run from the first start of the nodes to the report.</summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter progress)
{
    /// <summary>For what comes twice, and late.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(5);

    private readonly RunClock _clock = new(TimeProvider.System);

    public async Task<ChaosReport> RunAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("optfm-chaos-");
        var report = await RunInAsync(folder, stop);
        if (report.Passed) folder.Delete(recursive: true);
        else await progress.WriteLineAsync($"The nodes' logs are in {folder}");
        return report;
    }

    private async Task<ChaosReport> RunInAsync(DirectoryInfo folder, CancellationToken stop)
    {
        await using var stage = await Stage.OpenAsync(options, folder, _clock, progress, stop);
        using var customers = stage.NewCustomers();
        var schedule = new Schedule(options, stage.World);
        var until = _clock.Now + options.Length;
        await Task.WhenAll(customers.WriteAsync(until, stop), schedule.RunAsync(until, stop));

        var quiet = _clock.Now;
        await progress.WriteLineAsync($"{quiet.TotalSeconds,8:0.0} s  all faults are over; {stage.Ledger.Waiting} wait for their replies");
        await stage.DrainAsync(stop);
        await stage.World.PauseAsync(Afterwards, stop);
        foreach (var node in stage.World.Nodes)
        {
            if (await node.StopAsync() is not 0 and var code) stage.World.Events.Add("unclean_stop", $"{node.Name}, exit code {code}");
        }

        return await new Accountant(options, stage.World, stage.Ledger, schedule, stage.Upstream).ReportAsync(quiet);
    }
}

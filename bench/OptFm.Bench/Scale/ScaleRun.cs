using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OptFm.Bench.Scale;

/// <summary>All measurements, one after another.</summary>
internal sealed class ScaleRun(ScaleOptions options, TextWriter progress)
{
    public async Task<ScaleReport> RunAsync(CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        await using var bench = new Workbench(options, progress);
        var report = new ScaleReport { Aims = [], Parameters = Parameters(0) };
        if (options.Wants("stores")) report = report with { Stores = await new StoresStage(bench).RunAsync(stop) };
        if (options.Wants("wake-up")) report = report with { WakeUp = await WakeUpAsync(bench, stop) };
        await using (var filled = new FilledInstallations(bench))
        {
            if (options.Wants("sizes")) report = report with { Sizes = await new SizesStage(bench, filled).RunAsync(stop) };
            if (options.Wants("backlog")) report = report with { Backlog = await new BacklogStage(bench, filled).RunAsync(stop) };
        }

        return report with { Aims = [.. Aims(report)], Parameters = Parameters(Stopwatch.GetElapsedTime(start).TotalSeconds) };
    }

    private static async Task<WakeUpReport> WakeUpAsync(Workbench bench, CancellationToken stop)
    {
        using var stage = new WakeUpStage(bench);
        return await stage.RunAsync(stop);
    }

    private static IEnumerable<Aim> Aims(ScaleReport report)
    {
        if (report.Stores is { } stores)
        {
            yield return AtLeast("PostgreSQL x 1 has at least 60 % of SQLite's throughput", stores[1].ThroughputToSqlite, 0.6);
            yield return AtMost("at most 6 round trips per message under load", stores.Max(store => store.RoundTrips), 6);
        }

        if (report.WakeUp is { } wakeUp) yield return AtMost("half of what another node stores is claimed within 20 ms", wakeUp.OtherNode.P50, 20);
        if (report.Sizes is { } sizes)
        {
            yield return AtMost("CPU per message stays within 1.3 with large tables", sizes.Max(size => size.CpuToSmallest), 1.3);
            yield return AtMost("time per message stays within 1.3 with large tables", sizes.Max(size => size.TimeToSmallest), 1.3);
        }

        if (report.Backlog is { } backlog)
        {
            yield return AtMost("time per message stays within 1.3 with a long backlog", backlog.Max(one => one.TimeToShort), 1.3);
            yield return AtMost("no table is read whole with a long backlog", backlog.Max(one => one.TablesReadWhole ?? 0), 0);
        }
    }

    private static Aim AtLeast(string name, double figure, double least) => new(name, figure, figure >= least);

    private static Aim AtMost(string name, double figure, double most) => new(name, figure, figure <= most);

    private ScaleParameters Parameters(double seconds) => new(
        options.Rounds, options.Updates, options.WarmUp, options.Chats, options.Connections, Environment.ProcessorCount, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, new DriveInfo(Path.GetTempPath()).DriveFormat,
        FileVersionInfo.GetVersionInfo(Path.ChangeExtension(options.Server.FullName, ".dll")).ProductVersion ?? "unknown", Math.Round(seconds));
}

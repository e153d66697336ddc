using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OptFm.Bench.Pipeline;

/// <summary>One measurement from the first start of the server to its end.</summary>
public sealed class PipelineRun(PipelineOptions options, TextWriter progress)
{
    private const long WarmUpChats = 2_000_000_000;
    private const long MeasuredChats = 3_000_000_000;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _clock = TimeProvider.System;

    public async Task<PipelineReport> RunAsync(CancellationToken stop)
    {
        if (!options.Server.Exists) throw new BenchException($"{options.Server} is absent: run ./dev build");

        var folder = Directory.CreateTempSubdirectory("optfm-bench-");
        try
        {
            using var max = new FakeMax();
            var ready = new List<TimeSpan>();
            while (ready.Count < options.Starts - 1)
            {
                await using var started = await StartAsync(folder, max, stop);
                ready.Add(started.ReadyIn);
            }

            await using var server = await StartAsync(folder, max, stop);
            ready.Add(server.ReadyIn);
            return await MeasureAsync(server, max, stop) with { StartToReadyMs = Rounded(Median(ready).TotalMilliseconds) };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<ServerUnderTest> StartAsync(DirectoryInfo folder, FakeMax max, CancellationToken stop)
    {
        var server = await ServerUnderTest.StartAsync(options.Server, folder.FullName, max.Address, options.Database, stop);
        await progress.WriteLineAsync($"ready in {server.ReadyIn.TotalMilliseconds:0} ms");
        return server;
    }

    private async Task<PipelineReport> MeasureAsync(ServerUnderTest server, FakeMax max, CancellationToken stop)
    {
        await Task.Delay(Settling, _clock, stop);
        var idle = server.ResidentMb;
        var questions = Questions.Of(options.Server);
        using (var rehearsal = new Rehearsal(questions, max, server)) rehearsal.Run();
        await LoadAsync(server, max, questions, options.WarmUp, WarmUpChats, stop);
        await progress.WriteLineAsync($"delivering {options.Updates} updates");
        return await LoadAsync(server, max, questions, options.Updates, MeasuredChats, stop) with { IdleRssMb = Rounded(idle) };
    }

    private async Task<PipelineReport> LoadAsync(ServerUnderTest server, FakeMax max, Questions questions, int updates, long firstId, CancellationToken stop)
    {
        var load = new Load(max, questions, options.Connections, options.Longest);
        var (serverCpu, ownCpu) = (server.Cpu, Environment.CpuUsage.TotalTime);
        var done = await load.RunAsync([server.Address], new Ledger(questions, load.ChatsFor(updates, options.Chats), firstId), updates, stop);
        var (ledger, delivery, delivering, early) = (done.Ledger, done.Delivery, done.Delivering, done.Early);
        var afterwards = done.Whole - delivering;
        return new PipelineReport
        {
            AcknowledgedPerSecond = Rounded(delivery.Acknowledged / delivering.TotalSeconds),
            AckP50Ms = Rounded(delivery.Percentile(50).TotalMilliseconds),
            AckP99Ms = Rounded(delivery.Percentile(99).TotalMilliseconds),
            RepliesPerSecond = Rounded(done.RepliesPerSecond),
            RepliesPerSecondWhileAcknowledging = Rounded(early / delivering.TotalSeconds),
            RepliesPerSecondAfterwards = ledger.Replies > early ? Rounded((ledger.Replies - early) / afterwards.TotalSeconds) : null,
            IdleRssMb = 0,
            LoadedRssMb = Rounded(server.PeakResidentMb),
            StartToReadyMs = 0,
            Acknowledged = delivery.Acknowledged,
            Refused = delivery.Refused,
            Lost = ledger.Lost,
            Duplicated = ledger.Duplicated,
            Reordered = ledger.Reordered,
            Unexpected = ledger.Unexpected,
            ServerCpuMicrosecondsPerUpdate = Rounded((server.Cpu - serverCpu).TotalMicroseconds / updates),
            LoadCpuMicrosecondsPerUpdate = Rounded((Environment.CpuUsage.TotalTime - ownCpu).TotalMicroseconds / updates),
            Parameters = Parameters(updates, ledger.Chats),
        };
    }

    private PipelineParameters Parameters(int updates, int chats) => new(
        updates, chats, options.Connections, options.WarmUp, options.Starts, Environment.ProcessorCount, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, new DriveInfo(Path.GetTempPath()).DriveFormat, Version(), options.Database.Length > 0 ? "postgresql" : "sqlite");

    private string Version() =>
        FileVersionInfo.GetVersionInfo(Path.ChangeExtension(options.Server.FullName, ".dll")).ProductVersion ?? "unknown";

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    private static double Rounded(double value) => Math.Round(value, value < 100 ? 2 : 0);
}

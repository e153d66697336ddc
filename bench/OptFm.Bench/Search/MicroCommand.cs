using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace OptFm.Bench.Search;

/// <summary><c>optfm-bench micro</c>: single calls by BenchmarkDotNet, with what they allocate. Slow, careful, for work on one part.</summary>
public static class MicroCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("filter") { Description = "Which benchmarks, such as *Price*", DefaultValueFactory = _ => "*" };
        var command = new Command("micro", "Times single searches with BenchmarkDotNet; prints its table") { filter };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(filter)));
        return command;
    }

    private static int Run(string filter)
    {
        // In this process: building a project of its own for each benchmark would ask more of the machine than the benchmarks do.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "optfm-bench"));
        var summaries = BenchmarkSwitcher.FromTypes([typeof(SearchBenchmarks)]).Run(["--filter", filter], config);
        return summaries.Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0;
    }
}

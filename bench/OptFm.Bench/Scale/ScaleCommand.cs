using System.CommandLine;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary><c>optfm-bench scale</c>: several nodes, large tables, long backlogs.</summary>
public static class ScaleCommand
{
    private static readonly string[] Stages = ["stores", "wake-up", "sizes", "backlog"];

    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "The executable to measure", DefaultValueFactory = _ => new("out/optfm") };
        var rounds = PipelineCommand.Number("--rounds", 3, "How often each installation is measured, by turns");
        var updates = PipelineCommand.Number("--updates", 6_000, "Updates of one measurement");
        var chats = PipelineCommand.Number("--chats", 2_000, "Chats that write");
        var connections = PipelineCommand.Number("--connections", 48, "Connections to the webhooks, one request at a time on each");
        var warmUp = PipelineCommand.Number("--warm-up", 3_000, "Updates before the measured ones");
        var sizes = new Option<int[]>("--sizes") { Description = "Chats that the tables know, smallest first", DefaultValueFactory = _ => [100, 10_000, 1_000_000], AllowMultipleArgumentsPerToken = true };
        var backlog = PipelineCommand.Number("--backlog", 1_000_000, "Updates that wait, at most one for each chat of the largest tables");
        var wakeUps = PipelineCommand.Number("--wake-ups", 200, "Messages timed from the store to the claim");
        var only = new Option<string[]>("--only") { Description = "Measure only these", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong(Stages);
        var quick = new Option<bool>("--quick") { Description = "A minute instead of ten, one round, tables a tenth as large: to see that it works" };
        var jsonOnly = new Option<bool>("--json-only") { Description = "No progress on stderr" };
        var command = new Command("scale", "Compares SQLite with one, two and three nodes on a private PostgreSQL, small tables with large ones, short backlogs with long ones")
        {
            server, rounds, updates, chats, connections, warmUp, sizes, backlog, wakeUps, only, quick, jsonOnly,
        };
        command.SetAction((parsed, stop) =>
        {
            var options = new ScaleOptions
            {
                Server = parsed.GetRequiredValue(server),
                Rounds = parsed.GetValue(rounds),
                Updates = parsed.GetValue(updates),
                Chats = parsed.GetValue(chats),
                Connections = parsed.GetValue(connections),
                WarmUp = parsed.GetValue(warmUp),
                Sizes = parsed.GetRequiredValue(sizes),
                Backlog = parsed.GetValue(backlog),
                WakeUps = parsed.GetValue(wakeUps),
                Only = parsed.GetRequiredValue(only),
            };
            return RunAsync(parsed.GetValue(quick) ? options.Quick() : options, parsed.GetValue(jsonOnly) ? TextWriter.Null : Console.Error, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(ScaleOptions options, TextWriter progress, CancellationToken stop)
    {
        try
        {
            var report = await new ScaleRun(options, progress).RunAsync(stop);
            Console.WriteLine(BenchJson.Write(report));
            return report.NothingWentWrong ? 0 : 1;
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}

using System.CommandLine;
using OptFm.Bench.Chaos;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Soak;

/// <summary><c>optfm-bench soak</c>: whether a server that works evenly for minutes needs more and more of anything.</summary>
public static class SoakCommand
{
    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "The executable to try", DefaultValueFactory = _ => new("out/optfm") };
        var minutes = ChaosCommand.Number("--minutes", 10, 0.1, 10_000, "How long");
        var store = new Option<string>("--store") { Description = "The database", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        var rate = ChaosCommand.Number("--rate", 20, 0.1, 1_000, "Updates per second");
        var command = new Command("soak", "Loads one server evenly and checks that its memory, file handles, threads and connections stay as they are")
        {
            server, minutes, store, rate,
        };
        command.SetAction((parsed, stop) => RunAsync(
            new ChaosOptions
            {
                Server = parsed.GetRequiredValue(server),
                Seed = 3,
                Length = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                OnPostgres = parsed.GetValue(store) == "postgres",
                Nodes = 1,
                Rate = parsed.GetValue(rate),
            },
            stop));
        return command;
    }

    private static async Task<int> RunAsync(ChaosOptions options, CancellationToken stop)
    {
        try
        {
            var report = await new SoakRun(options, Console.Error).RunAsync(stop);
            Console.WriteLine(BenchJson.Write(report));
            return report.Passed ? 0 : 1;
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}

using System.CommandLine;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Chaos;

/// <summary><c>optfm-bench chaos</c>: the real executable under load and under every fault.</summary>
public static class ChaosCommand
{
    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "The executable to try", DefaultValueFactory = _ => new("out/optfm") };
        var seed = new Option<int?>("--seed") { Description = "Decides customers and faults; another each time unless told" };
        var minutes = Number("--minutes", 30, 0.1, 10_000, "How long customers write and faults strike");
        var store = new Option<string>("--store") { Description = "The database", DefaultValueFactory = _ => "postgres" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        var nodes = new Option<int?>("--nodes") { Description = "Servers on the database; 3 on PostgreSQL unless told, 1 on SQLite" };
        var rate = Number("--rate", 15, 0.1, 1_000, "Updates per second");
        var chats = Number("--chats", 300, 1, 100_000, "Chats that write side by side");
        var every = Number("--every", 5, 0.1, 1_000, "Seconds between the beginnings of faults, on average");
        var kinds = new Option<string[]>("--only") { Description = "Only faults of these kinds", AllowMultipleArgumentsPerToken = true };
        var polled = new Option<string[]>("--polled") { Description = "Messengers that are polled (max, telegram, none); from the seed unless told", AllowMultipleArgumentsPerToken = true };
        var drain = Number("--drain", 8, 0.1, 100, "Longest wait for the last replies, in minutes");
        var command = new Command("chaos", "Puts the server through kills, failovers, full disks and misbehaving messengers, and checks that nothing is lost")
        {
            server, seed, minutes, store, nodes, rate, chats, every, kinds, polled, drain,
        };
        command.SetAction((parsed, stop) =>
        {
            var onPostgres = parsed.GetValue(store) == "postgres";
            return RunAsync(
                new ChaosOptions
                {
                    Server = parsed.GetRequiredValue(server),
                    Seed = parsed.GetValue(seed) ?? (Environment.TickCount & int.MaxValue),
                    Length = TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                    OnPostgres = onPostgres,
                    Nodes = onPostgres ? parsed.GetValue(nodes) ?? 3 : 1,
                    Rate = parsed.GetValue(rate),
                    Chats = (int)parsed.GetValue(chats),
                    BetweenFaults = TimeSpan.FromSeconds(parsed.GetValue(every)),
                    Kinds = parsed.GetValue(kinds) ?? [],
                    Polled = parsed.GetValue(polled) ?? [],
                    Drain = TimeSpan.FromMinutes(parsed.GetValue(drain)),
                },
                stop);
        });
        return command;
    }

    internal static Option<double> Number(string name, double value, double least, double most, string what)
    {
        var option = new Option<double>(name) { Description = what, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is var given && (given < least || given > most)) result.AddError($"{name} must be between {least} and {most}");
        });
        return option;
    }

    private static async Task<int> RunAsync(ChaosOptions options, CancellationToken stop)
    {
        try
        {
            await Console.Error.WriteLineAsync($"seed {options.Seed}");
            var report = await new ChaosRun(options, Console.Error).RunAsync(stop);
            Console.WriteLine(BenchJson.Write(report));
            if (!report.Passed) await Console.Error.WriteLineAsync($"seed {report.Seed}\n{(report.Stories is [var shortest, ..] ? shortest : "")}");
            return report.Passed ? 0 : 1;
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}

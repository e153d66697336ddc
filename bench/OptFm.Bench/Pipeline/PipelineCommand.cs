using System.CommandLine;

namespace OptFm.Bench.Pipeline;

/// <summary><c>optfm-bench pipeline</c>: the message path of the real executable under load.</summary>
public static class PipelineCommand
{
    public static Command Create()
    {
        var server = new Option<FileInfo>("--server") { Description = "The executable to measure", DefaultValueFactory = _ => new("out/optfm") };
        var updates = Number("--updates", 30_000, "Updates to deliver");
        var chats = Number("--chats", 2_000, "Chats they come from; more where a chat would have to ask a question twice");
        var connections = Number("--connections", 48, "Connections to the webhook, one request at a time on each");
        var warmUp = Number("--warm-up", 3_000, "Updates delivered before the measured ones, which are not counted");
        var seconds = Number("--seconds", 60, "Longest time to deliver in, and again to wait for replies in");
        var starts = Number("--starts", 5, "Starts of the server, for their median time");
        var database = new Option<string>("--database") { Description = "The server's DATABASE_URL, an empty database; SQLite without", DefaultValueFactory = _ => "" };
        var jsonOnly = new Option<bool>("--json-only") { Description = "No progress on stderr" };
        var command = new Command("pipeline", "Delivers updates to the server's MAX webhook and counts its replies in a fake MAX, limits off")
        {
            server, updates, chats, connections, warmUp, seconds, starts, database, jsonOnly,
        };
        command.SetAction((parsed, stop) => RunAsync(
            new PipelineOptions
            {
                Server = parsed.GetRequiredValue(server),
                Updates = parsed.GetValue(updates),
                Chats = parsed.GetValue(chats),
                Connections = parsed.GetValue(connections),
                WarmUp = parsed.GetValue(warmUp),
                Longest = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Starts = parsed.GetValue(starts),
                Database = parsed.GetValue(database)!,
            },
            parsed.GetValue(jsonOnly) ? TextWriter.Null : Console.Error,
            stop));
        return command;
    }

    internal static Option<int> Number(string name, int value, string what)
    {
        var option = new Option<int>(name) { Description = what, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000_000) result.AddError($"{name} must be between 1 and 10000000");
        });
        return option;
    }

    private static async Task<int> RunAsync(PipelineOptions options, TextWriter progress, CancellationToken stop)
    {
        try
        {
            var report = await new PipelineRun(options, progress).RunAsync(stop);
            Console.WriteLine(BenchJson.Write(report));
            return report is { Lost: 0, Duplicated: 0, Reordered: 0 } ? 0 : 1;
        }
        catch (BenchException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}

/// <summary>Nothing could be measured; the message says why.</summary>
public sealed class BenchException(string message) : Exception(message);

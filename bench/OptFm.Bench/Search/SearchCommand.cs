using System.CommandLine;
using System.Text.Json;
using OptFm.Server.Evaluation;

namespace OptFm.Bench.Search;

/// <summary><c>optfm-bench search</c>: how long it takes to build the FAQ matcher and to ask it, in this process and on one thread.</summary>
public static class SearchCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var faq = new Option<FileInfo>("--faq") { Description = "FAQ file (JSON)", DefaultValueFactory = _ => new("data/faq.json") };
        var entries = new Option<int>("--entries") { Description = "Entries of the generated FAQ", DefaultValueFactory = _ => 1000 };
        entries.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 20_000) result.AddError("--entries must be between 1 and 20000");
        });
        var command = new Command("search", "Builds the FAQ matcher and asks it, with the FAQ file and with generated entries") { faq, entries };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(faq), parsed.GetValue(entries)));
        return command;
    }

    private static int Run(FileInfo faq, int entries)
    {
        var demo = EvalFiles.ReadFaq(faq.FullName);
        var generated = new GeneratedFaq(demo, new Random(1));
        var report = new Dictionary<string, MatcherFigures>
        {
            ["file"] = MatcherFigures.Measure(demo, [.. demo.SelectMany(entry => entry.Phrasings.Select(generated.Disturbed))]),
            ["generated"] = generated.Measure(entries),
        };
        Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        return 0;
    }
}

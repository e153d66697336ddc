using System.CommandLine;
using System.Text.Json;
using OptFm.Server.Evaluation;

namespace OptFm.Bench.Search;

/// <summary><c>optfm-bench search</c>: how long it takes to build the FAQ matcher and the search of price lists and to ask them, in this process and on one thread.</summary>
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
        var products = new Option<int[]>("--products") { Description = "Products of each generated price list", DefaultValueFactory = _ => [6562, 300_000] };
        var command = new Command("search", "Builds the FAQ matcher and the search of price lists, and asks them") { faq, entries, products };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(faq), parsed.GetValue(entries), parsed.GetRequiredValue(products)));
        return command;
    }

    private static int Run(FileInfo faq, int entries, int[] products)
    {
        var demo = EvalFiles.ReadFaq(faq.FullName);
        var generated = new GeneratedFaq(demo, new Random(1));
        var report = new Dictionary<string, object>
        {
            ["file"] = MatcherFigures.Measure(demo, [.. demo.SelectMany(entry => entry.Phrasings.Select(generated.Disturbed))]),
            ["generated"] = generated.Measure(entries),
        };
        foreach (var count in products) report[$"price_{count}"] = PriceFigures.Measure(new GeneratedPrice(new Random(1)), count);
        Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        return 0;
    }
}

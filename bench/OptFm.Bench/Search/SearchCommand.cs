using System.CommandLine;
using System.Text.Json;
using OptFm.Search.Faq;
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
        var command = new Command("search", "Builds the FAQ matcher and the search of price lists, and asks them, and SQLite's trigram search on the same") { faq, entries, products };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(faq), parsed.GetValue(entries), parsed.GetRequiredValue(products)));
        return command;
    }

    private static int Run(FileInfo faq, int entries, int[] products)
    {
        var demo = EvalFiles.ReadFaq(faq.FullName);
        var generated = new GeneratedFaq(demo, new Random(1));
        var report = new Dictionary<string, object>();
        Faq(report, "faq_file", demo, [.. demo.SelectMany(entry => entry.Phrasings.Select(generated.Disturbed))]);
        Faq(report, $"faq_{entries}", generated.Entries(entries), generated.Queries());
        foreach (var count in products) Price(report, count);
        Console.WriteLine(JsonSerializer.Serialize(report, Indented));
        return 0;
    }

    private static void Faq(Dictionary<string, object> report, string name, IReadOnlyList<FaqEntry> entries, IReadOnlyList<string> queries)
    {
        report[name] = MatcherFigures.Measure(entries, queries);
        var documents = entries.Select(entry => string.Join(' ', [entry.Question, .. entry.Phrasings, .. entry.Keywords, entry.Answer]));
        report[$"{name}_sqlite_trigram"] = Fts5Figures.Measure(documents, queries);
    }

    private static void Price(Dictionary<string, object> report, int count)
    {
        var generated = new GeneratedPrice(new Random(1));
        var products = generated.Products(count);
        var queries = generated.Queries(products);
        report[$"price_{count}"] = PriceFigures.Measure(products, queries);
        report[$"price_{count}_sqlite_trigram"] = Fts5Figures.Measure(products.Select(product => product.Name), queries);
    }
}

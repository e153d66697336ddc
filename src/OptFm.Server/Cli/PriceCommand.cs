using System.CommandLine;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm price import</c> and <c>optfm price find</c>: the shop's price list.</summary>
public static class PriceCommand
{
    private const int Failed = 1;

    public static Command Create() => new("price", "The shop's price list") { Import(), Find() };

    private static Command Import()
    {
        var file = new Argument<FileInfo>("file") { Description = "Price list: .xls, .xlsx or .csv" };
        var mapping = new Option<FileInfo?>("--mapping") { Description = "Which columns hold what, as JSON" };
        var dry = new Option<bool>("--check") { Description = "Only read it and report" };
        var command = new Command("import", "Checks a price list and hands it to the bot") { file, mapping, dry };
        command.SetAction(parsed => Import(
            parsed.GetRequiredValue(file), parsed.GetValue(mapping), parsed.GetValue(dry), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Command Find()
    {
        var query = new Argument<string[]>("query") { Description = "What a customer would type", Arity = ArgumentArity.OneOrMore };
        var price = new Option<FileInfo?>("--price") { Description = "Price list; without it the bot's own" };
        var command = new Command("find", "Searches the price list and says why") { query, price };
        command.SetAction(parsed => Find(
            string.Join(' ', parsed.GetRequiredValue(query)), parsed.GetValue(price), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Import(FileInfo file, FileInfo? mapping, bool dry, TextWriter output, TextWriter errors)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;
        if (Read(file.FullName, mapping?.FullName, loaded.Language, errors) is not { } price) return Failed;
        foreach (var line in price.Report.Lines(loaded.Language == AdministratorLanguage.Russian)) output.WriteLine(line);
        if (dry) return 0;
        try
        {
            var target = loaded.Settings.Price.ImportTarget;
            PriceImport.Store(price, target);
            output.WriteLine(loaded.Language == AdministratorLanguage.Russian ? $"Записан {target}" : $"Wrote {target}");
            return 0;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(wrong.Message);
            return Failed;
        }
    }

    private static int Find(string query, FileInfo? file, TextWriter output, TextWriter errors)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;
        if (Read(file?.FullName ?? loaded.Settings.Price.PriceFile, null, loaded.Language, errors) is not { } price) return Failed;
        var match = price.Search.Search(query);
        output.WriteLine($"{match.Decision} {match.Confidence:0.000}");
        foreach (var hit in match.Hits.Take(5)) output.WriteLine($"  {hit.Product.Code}  {hit.Product.PriceText}  {hit.Product.Name}  {hit.Product.Status}");
        foreach (var value in match.Facet?.Values ?? []) output.WriteLine($"  {match.Facet!.Kind}: {value.Label} ({value.Count})");
        foreach (var reason in price.Search.Explain(query)) output.WriteLine(reason);
        return 0;
    }

    private static PriceSnapshot? Read(string path, string? mapping, AdministratorLanguage language, TextWriter errors)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var reading = mapping is null ? PriceFile.Read(path, bytes) : PriceFile.Read(path, bytes, mapping);
            foreach (var problem in reading.Problems) errors.WriteLine(problem.In(language));
            return reading.Value;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(new FileProblem(path, $"cannot be read ({wrong.GetType().Name})", $"не читается ({wrong.GetType().Name})").In(language));
            return null;
        }
    }
}

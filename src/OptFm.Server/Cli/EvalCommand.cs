using System.CommandLine;
using System.Text.Json;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Cli;

/// <summary><c>optfm eval</c>: measures answers on labelled questions and prints JSON.</summary>
public static class EvalCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var command = new Command("eval", "Measures the quality of answers on labelled data");
        command.Subcommands.Add(Faq());
        command.Subcommands.Add(Price());
        command.Subcommands.Add(EvalIntentsCommand.Create());
        return command;
    }

    private static Command Faq()
    {
        var faq = new Option<FileInfo>("--faq") { Description = "FAQ file (JSON)", Required = true };
        var queries = new Option<FileInfo>("--queries") { Description = "Labelled questions (query TAB expected TAB kind)", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "Where to write each question's answer and ranking" };
        var command = new Command("faq", "Measures FAQ answers") { faq, queries, output };
        command.SetAction(parsed => Run(parsed.GetValue(output), () =>
        {
            var evaluation = FaqEvaluation.Run(EvalFiles.ReadFaq(parsed.GetRequiredValue(faq).FullName), EvalFiles.ReadQueries(parsed.GetRequiredValue(queries).FullName));
            return (evaluation.Report, evaluation.Lines);
        }));
        return command;
    }

    private static Command Price()
    {
        var price = new Option<FileInfo>("--price") { Description = "Price list (.xls, .xlsx, .csv, .tsv)", Required = true };
        var queries = new Option<FileInfo>("--queries") { Description = "Labelled searches (query TAB codes TAB kind)", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "Where to write each search's answer and ranking" };
        var command = new Command("price", "Measures searches of a price list") { price, queries, output };
        command.SetAction(parsed => Run(parsed.GetValue(output), () =>
        {
            var evaluation = PriceEvaluation.Run(EvalFiles.ReadPrice(parsed.GetRequiredValue(price).FullName), EvalFiles.ReadQueries(parsed.GetRequiredValue(queries).FullName));
            return (evaluation.Report, evaluation.Lines);
        }));
        return command;
    }

    /// <returns>Exit code: 2 when a file cannot be used.</returns>
    internal static int Run<TReport>(FileInfo? output, Func<(TReport Report, IReadOnlyList<string> Lines)> evaluate)
    {
        try
        {
            var (report, lines) = evaluate();
            if (output is not null) File.WriteAllLines(output.FullName, lines);
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
    }
}

using System.CommandLine;
using System.Text.Json;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Cli;

/// <summary><c>optfm eval faq</c>: measures answers on labelled questions and prints JSON.</summary>
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
        return command;
    }

    private static Command Faq()
    {
        var faq = new Option<FileInfo>("--faq") { Description = "FAQ file (JSON)", Required = true };
        var queries = new Option<FileInfo>("--queries") { Description = "Labelled questions (query TAB expected TAB kind)", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "Where to write each question's answer and ranking" };
        var command = new Command("faq", "Measures FAQ answers") { faq, queries, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(faq), parsed.GetRequiredValue(queries), parsed.GetValue(output)));
        return command;
    }

    private static int Run(FileInfo faq, FileInfo queries, FileInfo? output)
    {
        try
        {
            var evaluation = FaqEvaluation.Run(EvalFiles.ReadFaq(faq.FullName), EvalFiles.ReadQueries(queries.FullName));
            if (output is not null) File.WriteAllLines(output.FullName, evaluation.Lines);
            Console.WriteLine(JsonSerializer.Serialize(evaluation.Report, Indented));
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
    }
}

using System.CommandLine;
using OptFm.Search.Faq.Training;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Cli;

/// <summary><c>optfm train faq</c>: fits the matcher's weights again, for developers who change its signals.</summary>
public static class TrainCommand
{
    public static Command Create()
    {
        var faq = new Option<FileInfo>("--faq") { Description = "FAQ file with phrasings (JSON)", Required = true };
        var unanswerable = new Option<FileInfo>("--no-answer") { Description = "Questions without an answer, one per line", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "Where to write the weights", Required = true };
        var command = new Command("faq", "Fits the weights of FAQ matching") { faq, unanswerable, output };
        command.SetAction(parsed =>
            Run(parsed.GetRequiredValue(faq), parsed.GetRequiredValue(unanswerable), parsed.GetRequiredValue(output)));
        return new Command("train", "Fits the weights of matching to training data") { command };
    }

    private static int Run(FileInfo faq, FileInfo unanswerable, FileInfo output)
    {
        var questions = File.ReadAllLines(unanswerable.FullName).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        var weights = FaqTrainer.Train(EvalFiles.ReadFaq(faq.FullName), [.. questions]);
        File.WriteAllText(output.FullName, weights);
        return 0;
    }
}

using System.CommandLine;
using OptFm.Search.Classification;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Cli;

/// <summary><c>optfm eval intents</c>: trains a classifier on labelled texts and measures it on others.</summary>
public static class EvalIntentsCommand
{
    public static Command Create()
    {
        var index = new Option<FileInfo>("--index") { Description = "Labelled examples to learn from (label TAB text)", Required = true };
        var queries = new Option<FileInfo>("--queries") { Description = "Labelled queries (query TAB label TAB kind)", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "Where to write each query's answer and ranking" };
        var perIntent = new Option<int?>("--per-intent") { Description = "Learn from the first so many examples of each label only" };
        var cost = new Option<double>("--cost")
        {
            Description = "What a wrong answer costs, where silence about a query in scope costs one",
            DefaultValueFactory = _ => new TextClassifierOptions().CostOfWrong,
        };
        perIntent.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<int?>()));
        cost.Validators.Add(result => RequirePositive(result, result.GetValueOrDefault<double>()));
        var command = new Command("intents", "Measures the classification of intents") { index, queries, output, perIntent, cost };
        command.SetAction(parsed => EvalCommand.Run(parsed.GetValue(output), () =>
        {
            var examples = IntentFiles.ReadIndex(parsed.GetRequiredValue(index).FullName);
            if (parsed.GetValue(perIntent) is { } count) examples = IntentFiles.FirstOfEach(examples, count);
            var options = new TextClassifierOptions { CostOfWrong = parsed.GetValue(cost) };
            var evaluation = IntentEvaluation.Run(examples, EvalFiles.ReadQueries(parsed.GetRequiredValue(queries).FullName), options);
            return (evaluation.Report, evaluation.Lines);
        }));
        return command;
    }

    private static void RequirePositive(System.CommandLine.Parsing.OptionResult result, double? value)
    {
        if (value is { } given && !(given > 0 && double.IsFinite(given))) result.AddError($"{result.Option.Name} must be above zero");
    }
}

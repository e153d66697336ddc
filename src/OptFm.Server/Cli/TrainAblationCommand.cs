using System.Collections.Frozen;
using System.CommandLine;
using System.Globalization;
using OptFm.Search.Faq;
using OptFm.Search.Faq.Training;
using OptFm.Search.Text;
using OptFm.Search.Topics.Training;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Cli;

/// <summary><c>optfm train ablation</c>: a Markdown table of what each signal and cue of FAQ matching is worth.</summary>
internal static class TrainAblationCommand
{
    public static Command Create()
    {
        var faq = new Option<FileInfo>("--faq") { Description = "FAQ file with phrasings (JSON)", Required = true };
        var messages = new Option<FileInfo>("--messages") { Description = "Customers' messages, as for faq", Required = true };
        var queries = new Option<FileInfo>("--queries") { Description = "Labelled questions to measure on (query TAB expected TAB kind)", Required = true };
        var measured = new Option<FileInfo[]>("--measure") { Description = "FAQ files to ask them of", Required = true };
        var command = new Command("ablation", "Fits FAQ matching again without each part of its evidence; prints what each is worth; slow") { faq, messages, queries, measured };
        command.SetAction(parsed => Run(
            EvalFiles.ReadFaq(parsed.GetRequiredValue(faq).FullName),
            CustomerMessage.Parse(File.ReadAllText(parsed.GetRequiredValue(messages).FullName)),
            EvalFiles.ReadQueries(parsed.GetRequiredValue(queries).FullName),
            [.. parsed.GetRequiredValue(measured).Select(file => EvalFiles.ReadFaq(file.FullName))]));
        return command;
    }

    private static void Run(
        IReadOnlyList<FaqEntry> faq, IReadOnlyList<CustomerMessage> messages, IReadOnlyList<EvalQuery> queries, IReadOnlyList<IReadOnlyList<FaqEntry>> measured)
    {
        Console.WriteLine("per cent right, wrong, false; questions asked without a step of reading:");
        var shipped = Lexicon.Russian();
        var plain = FrozenSet<Repair>.Empty;
        Row("nothing", entries => FaqMatcher.Build(entries, shipped, plain));
        foreach (var repair in new[] { Repair.Layout, Repair.Transliteration, Repair.Typo, Repair.Spacing })
            Row($"{repair}", entries => FaqMatcher.Build(entries, shipped, new HashSet<Repair> { repair }));
        Row("synonyms", entries => FaqMatcher.Build(entries, shipped with { Synonyms = Synonyms.Parse("") }, plain));
        Row("everyday words", entries => FaqMatcher.Build(entries, new Lexicon(shipped.Synonyms, [], []), plain));

        void Row(string name, Func<IReadOnlyList<FaqEntry>, FaqMatcher> build)
        {
            var cells = measured.Select(entries => Cell(FaqEvaluation.Run(build(entries), queries).Report.Overall));
            Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        }

        Console.WriteLine("fitted again without a part of the evidence: held out by author (without phrasings, with them), by topic (the same), then the questions:");
        foreach (var training in FaqTrainer.Ablate(faq, messages))
        {
            var cells = measured.Select(entries => Cell(FaqEvaluation.Run(FaqMatcher.Build(entries, training.Weights), queries).Report.Overall));
            Console.WriteLine($"| {training.Without} | {Cell(training.Sparse)} | {Cell(training.Dense)} | {Cell(training.ForeignSparse)} | {Cell(training.ForeignDense)} | {string.Join(" | ", cells)} |");
        }
    }

    private static string Cell(HeldOutFigures figures) => Cell(figures.Right, figures.Wrong, figures.InVain);

    private static string Cell(EvalMeasures measures) => Cell(measures.Right, measures.Wrong, measures.False);

    private static string Cell(double? right, double? wrong, double? inVain) => string.Create(CultureInfo.InvariantCulture, $"{right:0.0}, {wrong:0.0}, {inVain:0.0}");
}

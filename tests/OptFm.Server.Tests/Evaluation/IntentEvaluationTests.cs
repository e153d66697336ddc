using OptFm.Search.Classification;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Tests.Evaluation;

public sealed class IntentEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optfm-intents").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Counts_silence_about_a_query_in_scope_as_an_error()
    {
        EvalOutcome[] outcomes =
        [
            Outcome("a", answered: "a", ranked: ["a", "b"]),
            Outcome("a", answered: null, ranked: ["a", "b"]),
            Outcome("b", answered: "a", ranked: ["a", "b"]),
            Outcome("b", answered: "b", ranked: ["b", "a"]),
            Outcome("-", answered: null, ranked: ["a"]),
            Outcome("-", answered: "b", ranked: ["b"]),
        ];

        var measures = IntentMeasures.Of(EvalMeasures.Of(outcomes), outcomes);

        // By hand: 3 of 6 right; said and true are each 2 of a, b and none: (3·6 - 12) / (36 - 12).
        measures.ShouldBe(new IntentMeasures { ForcedChoice = 75, Accuracy = 50, OutOfScopeRecall = 50, Matthews = 0.25 });
    }

    [Fact]
    public void Learns_from_one_file_and_is_asked_another()
    {
        var index = Write("index.tsv", "label\ttext\n" + string.Concat(Enumerable.Range(0, 8).Select(i => $"pay\tоплата картой {i}\nship\tдоставка курьером {i}\n")));
        var queries = Write("queries.tsv", "query\texpected\tkind\nдоставка когда\tship\tin\nоплата как\tpay\tin\nпогода\t-\toos\n");

        var evaluation = IntentEvaluation.Run(IntentFiles.ReadIndex(index), EvalFiles.ReadQueries(queries), new TextClassifierOptions());

        evaluation.Report.Intents.ForcedChoice.ShouldBe(100);
        evaluation.Report.Labels.ShouldBe(2);
        evaluation.Lines[0].ShouldStartWith("доставка когда\t");
        evaluation.Lines[0].ShouldEndWith("\tship,pay");
    }

    [Fact]
    public void The_first_examples_of_each_label_are_taken()
    {
        LabelledText[] examples = [new("a", "1"), new("b", "2"), new("a", "3"), new("a", "4")];
        IntentFiles.FirstOfEach(examples, 2).ShouldBe([new("a", "1"), new("a", "3"), new("b", "2")]);
    }

    [Theory]
    [InlineData("label\ttext\nбез текста\n", "line 2")]
    [InlineData("label\ttext\n\tтекст\n", "line 2")]
    [InlineData("label\ttext\n-\tтекст\n", "no example")]
    [InlineData("", "no example")]
    public void A_broken_index_is_named_with_the_place(string text, string problem) =>
        Should.Throw<InvalidDataException>(() => IntentFiles.ReadIndex(Write("x.tsv", text))).Message.ShouldContain(problem);

    private static EvalOutcome Outcome(string expected, string? answered, string[] ranked) =>
        new(new EvalQuery("?", expected == "-" ? [] : [expected], "kind"), answered, ranked, TimeSpan.Zero);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}

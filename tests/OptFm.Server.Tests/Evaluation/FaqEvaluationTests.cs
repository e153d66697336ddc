using OptFm.Search.Faq;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Tests.Evaluation;

public sealed class FaqEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optfm-eval").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Counts_right_wrong_and_false_answers_in_per_cent_of_their_group()
    {
        var measures = EvalMeasures.Of(
        [
            Outcome("1", answered: "1", ranked: ["1", "2"]),
            Outcome("1", answered: "2", ranked: ["2", "1"]),
            Outcome("1|3", answered: null, ranked: ["4", "5", "3"]),
            Outcome("1", answered: null, ranked: ["4", "5", "6", "1"]),
            Outcome("-", answered: "1", ranked: ["1"]),
            Outcome("-", answered: null, ranked: []),
        ]);

        measures.ShouldBe(new EvalMeasures { Queries = 6, Top1 = 25, Hit3 = 75, Right = 25, Wrong = 25, False = 50, Balanced = 37.5 });
    }

    [Fact]
    public void A_group_without_answerable_questions_has_no_rate_of_right_answers() =>
        EvalMeasures.Of([Outcome("-", answered: null, ranked: [])]).Right.ShouldBeNull();

    [Fact]
    public void Reads_its_files_and_writes_a_line_for_each_question()
    {
        var faq = Write("faq.json", """[{"id":1,"question":"Как оплатить заказ?","keywords":["оплата"],"answer":"По счёту."}]""");
        var queries = Write("queries.tsv", "query\texpected\tkind\nкак оплатить заказ\t1\tplain\nпогода завтра\t-\tworld\n");

        var evaluation = FaqEvaluation.Run(EvalFiles.ReadFaq(faq), EvalFiles.ReadQueries(queries));

        evaluation.Lines.ShouldBe(["как оплатить заказ\t1\t1", "погода завтра\t-\t"]);
        evaluation.Report.Kinds.Keys.ShouldBe(["plain", "world"]);
    }

    [Fact]
    public void A_broken_file_is_named_with_the_place()
    {
        Should.Throw<InvalidDataException>(() => EvalFiles.ReadFaq(Write("a.json", """[{"id":1}]"""))).Message.ShouldContain("a.json, entry 1 (id 1), field question");
        Should.Throw<InvalidDataException>(() => EvalFiles.ReadQueries(Write("b.tsv", "query\texpected\nвопрос\n"))).Message.ShouldContain("line 2");
    }

    private static EvalOutcome Outcome(string expected, string? answered, string[] ranked) =>
        new(new EvalQuery("?", expected == "-" ? [] : expected.Split('|'), "kind"), answered, ranked, TimeSpan.Zero);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}

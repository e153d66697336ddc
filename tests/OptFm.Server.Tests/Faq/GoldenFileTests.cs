using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Faq;

public sealed class GoldenFileTests
{
    [Fact]
    public void Questions_ids_and_comments_are_read()
    {
        var golden = Read("\uFEFF# наши вопросы\nquestion\texpected\nкак оплатить\t7\r\n\nгде забрать \t 8 | 3 \tзаметка\nпогода\t-\n").Value.ShouldNotBeNull();

        golden.Questions.Select(q => (q.Line, q.Text, q.Shown)).ShouldBe([(3, "как оплатить", "7"), (5, "где забрать", "8|3"), (6, "погода", "-")]);
    }

    [Theory]
    [InlineData("как оплатить 7", "line 1: there is no TAB")]
    [InlineData("\t7", "line 1: the question is missing")]
    [InlineData("# а\nкак\t", "line 2: the expected id is missing")]
    [InlineData("как\t|", "line 1: the expected id is missing")]
    [InlineData("как\t7\nкак\t8", "line 2: repeats the question of line 1")]
    public void A_broken_line_is_named(string text, string problem)
    {
        var reading = Read(text);

        reading.Value.ShouldBeNull();
        reading.Problems.ShouldHaveSingleItem().InEnglish.ShouldStartWith("golden.tsv: " + problem);
    }

    [Fact]
    public void A_file_that_is_no_text_or_too_much_is_refused_as_a_whole()
    {
        GoldenFile.Read("golden.tsv", new byte[] { 0xFF, 0xFE, 0x41 }).Problems.ShouldHaveSingleItem().InEnglish.ShouldContain("UTF-8");
        Read(string.Concat(Enumerable.Range(0, GoldenFile.MostQuestions + 1).Select(i => $"вопрос {i}\t1\n"))).Problems.ShouldHaveSingleItem().InEnglish.ShouldContain("10000");
        Read(string.Concat(Enumerable.Repeat("мусор\n", 100_000))).Problems.Count.ShouldBeLessThanOrEqualTo(20);
        Read(new string('а', 2000) + "\t1").Problems.ShouldHaveSingleItem().InEnglish.ShouldContain("longer than 1000");
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_reason() =>
        Prop.ForAll<string>(text =>
        {
            var reading = Read(text ?? "");
            return reading.Value is null == reading.Problems.Count > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_demo_answers_all_of_its_golden_questions()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data");
        var golden = GoldenFile.Read("faq.golden.tsv", File.ReadAllBytes(Path.Combine(folder, "faq.golden.tsv"))).Value.ShouldNotBeNull();
        var faq = FaqFile.Read("faq.json", File.ReadAllBytes(Path.Combine(folder, "faq.json"))).Value.ShouldNotBeNull();

        golden.Questions.Count.ShouldBeGreaterThan(50);
        GoldenReplay.Differences(golden, faq, null).Select(difference => difference.InEnglish).ShouldBeEmpty();
    }

    private static FileReading<GoldenFile> Read(string text) => GoldenFile.Read("golden.tsv", Encoding.UTF8.GetBytes(text));
}

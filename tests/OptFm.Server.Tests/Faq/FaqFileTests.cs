using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Faq;

public sealed class FaqFileTests
{
    private const string Good = """{"id": 1, "question": "Как?", "keywords": ["как"], "answer": "Так."}""";

    [Fact]
    public void A_good_file_is_read()
    {
        var reading = Read("""
            [
              // editors leave comments
              {"id": 1, "question": " Как оплатить? ", "keywords": ["оплата"], "answer": "Так.", "phrasings": ["чем платить"], "category": "Заказ", "related": ["b"]},
              {"id": "b", "question": "Когда?", "keywords": [], "answer": "Скоро.", "related": [1]},
            ]
            """);

        reading.Problems.ShouldBeEmpty();
        var faq = reading.Value.ShouldNotBeNull();
        faq.Entries.Count.ShouldBe(2);
        faq.Find("1")!.Question.ShouldBe("Как оплатить?");
        faq.Find("1")!.Phrasings.ShouldBe(["чем платить"]);
        faq.RelatedTo(faq.Find("B")!).ShouldHaveSingleItem().Id.ShouldBe("1");
        faq.Categories.Select(c => c.Name).ShouldBe(["Заказ", null]);
    }

    [Fact]
    public void The_shipped_demo_is_good()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "faq.json");
        var reading = FaqFile.Read(file, File.ReadAllBytes(file));

        reading.Problems.ShouldBeEmpty();
        reading.Warnings.ShouldBeEmpty();
        reading.Value!.HasCategories.ShouldBeTrue();
    }

    [Theory]
    [InlineData("[{\"id\": 1,\n  \"question\" \"Как?\"}]", "faq.json: is not valid JSON at line 2, column 14: ")]
    [InlineData("[{\"вопрос\": ?}]", "faq.json: is not valid JSON at line 1, column 13: ")]
    [InlineData("[{\"id\": 1", "faq.json: is not valid JSON at line 1")]
    public void Broken_json_is_told_with_line_and_column(string json, string start) => Problem(json).InEnglish.ShouldStartWith(start);

    [Theory]
    [InlineData("", "faq.json: is empty", "faq.json: пуст")]
    [InlineData("\uFEFF \n", "faq.json: is empty", "faq.json: пуст")]
    [InlineData("{}", "faq.json: must be a list of entries: [ {…}, {…} ]", "faq.json: должен быть списком записей: [ {…}, {…} ]")]
    [InlineData("[]", "faq.json: must have 1 to 20000 entries", "faq.json: должен содержать от 1 до 20000 записей")]
    public void A_file_that_is_no_faq_is_told_in_both_languages(string json, string english, string russian)
    {
        Problem(json).InEnglish.ShouldBe(english);
        Problem(json).InRussian.ShouldBe(russian);
    }

    [Theory]
    [InlineData("7", "faq.json, entry 2: must be an object with id, question, keywords and answer")]
    [InlineData("""{"question": "К?", "keywords": [], "answer": "Т"}""", "faq.json, entry 2, field id: is missing")]
    [InlineData("""{"id": 1.5, "question": "К?", "keywords": [], "answer": "Т"}""", "faq.json, entry 2, field id: must be a whole number or a text of 1 to 200 characters")]
    [InlineData("""{"id": " ", "question": "К?", "keywords": [], "answer": "Т"}""", "faq.json, entry 2, field id: must be a whole number or a text of 1 to 200 characters")]
    [InlineData("""{"id": "1", "question": "К?", "keywords": [], "answer": "Т"}""", "faq.json, entry 2 (id 1), field id: repeats the id of entry 1")]
    [InlineData("""{"id": 2, "keywords": [], "answer": "Т"}""", "faq.json, entry 2 (id 2), field question: is missing")]
    [InlineData("""{"id": 2, "question": 5, "keywords": [], "answer": "Т"}""", "faq.json, entry 2 (id 2), field question: must be text in quotes")]
    [InlineData("""{"id": 2, "question": "К?", "answer": "Т"}""", "faq.json, entry 2 (id 2), field keywords: is missing")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": "к", "answer": "Т"}""", "faq.json, entry 2 (id 2), field keywords: must be a list of at most 1000")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [1], "answer": "Т"}""", "faq.json, entry 2 (id 2), field keywords: must be text in quotes")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [], "answer": "  "}""", "faq.json, entry 2 (id 2), field answer: is empty")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [], "answer": null}""", "faq.json, entry 2 (id 2), field answer: must be text in quotes")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [], "answer": "\ud800"}""", "faq.json, entry 2 (id 2), field answer: has a broken \\u character")]
    [InlineData("""{"id": 2, "question": "К?", "question": "И?", "keywords": [], "answer": "Т"}""", "faq.json, entry 2 (id 2), field question: is written twice")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [], "answer": "Т", "related": [9]}""", "faq.json, entry 2 (id 2), field related: names the unknown id 9")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [], "answer": "Т", "related": [true]}""", "faq.json, entry 2 (id 2), field related: must list ids: numbers or texts")]
    [InlineData("""{"id": 2, "question": "К?", "keywords": [], "answer": "Т", "category": ""}""", "faq.json, entry 2 (id 2), field category: is empty")]
    public void A_wrong_entry_is_told_with_its_place(string entry, string problem) => Problem($"[{Good}, {entry}]").InEnglish.ShouldBe(problem);

    [Fact]
    public void Too_long_an_answer_is_refused()
    {
        var entry = $$"""{"id": 2, "question": "К?", "keywords": [], "answer": "{{new string('т', 20_001)}}"}""";

        Problem($"[{entry}]").InRussian.ShouldBe("faq.json, запись 1 (id 2), поле answer: длиннее 20000 знаков");
    }

    [Fact]
    public void Too_many_entries_and_too_many_bytes_are_refused()
    {
        Problem($"[{string.Join(',', Enumerable.Repeat("0", 20_001))}]").InEnglish.ShouldContain("1 to 20000");
        FaqFile.Read("faq.json", new byte[JsonText.MostBytes + 1]).Problems.Single().InEnglish.ShouldBe("faq.json: is larger than 10 MB");
    }

    [Fact]
    public void All_problems_are_told_at_once_but_not_thousands()
    {
        Read("""[{"id": 1}, 5]""").Problems.Select(p => p.InEnglish).ShouldBe(
        [
            "faq.json, entry 1 (id 1), field question: is missing",
            "faq.json, entry 1 (id 1), field keywords: is missing",
            "faq.json, entry 1 (id 1), field answer: is missing",
            "faq.json, entry 2: must be an object with id, question, keywords and answer",
        ]);
        Read($"[{string.Join(',', Enumerable.Repeat("0", 9000))}]").Problems[^1].InEnglish.ShouldBe("faq.json: has 8950 more problems");
    }

    [Fact]
    public void An_unknown_field_is_only_a_warning()
    {
        var reading = Read("""[{"id": 1, "question": "К?", "keywords": [], "answer": "Т", "anwser": "опечатка"}]""");

        reading.Value.ShouldNotBeNull();
        reading.Warnings.ShouldHaveSingleItem().InEnglish.ShouldBe("faq.json, entry 1 (id 1), field anwser: is unknown and has no effect");
    }

    [Fact]
    public void A_byte_order_mark_is_welcome() =>
        FaqFile.Read("faq.json", Encoding.UTF8.GetBytes($"\uFEFF[{Good}]")).Problems.ShouldBeEmpty();

    [Fact]
    public void Another_encoding_is_named_as_such() =>
        FaqFile.Read("faq.json", new byte[] { (byte)'[', 0xCF, 0xF0, 0xE8, (byte)']' }).Problems.Single().InEnglish.ShouldContain("UTF-8");

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Prop.ForAll<byte[]>(bytes => FaqFile.Read("faq.json", bytes) is var reading && (reading.Value is null) == (reading.Problems.Count > 0)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_good_file_with_any_damage_is_read_or_refused()
    {
        var good = Encoding.UTF8.GetBytes($"[{Good}]");
        var damage = Gen.Zip(Gen.Choose(0, good.Length - 1), Gen.Choose(0, 255)).ToArbitrary();
        Prop.ForAll(damage, at =>
        {
            var bytes = good.ToArray();
            bytes[at.Item1] = (byte)at.Item2;
            var reading = FaqFile.Read("faq.json", bytes);
            return (reading.Value is null) == (reading.Problems.Count > 0);
        }).QuickCheckThrowOnFailure();
    }

    private static FileReading<FaqSnapshot> Read(string json) => FaqFile.Read("faq.json", Encoding.UTF8.GetBytes(json));

    private static FileProblem Problem(string json)
    {
        var reading = Read(json);
        reading.Value.ShouldBeNull();
        return reading.Problems.ShouldHaveSingleItem();
    }
}

using System.Text;
using System.Text.Json.Nodes;
using OptFm.Server.Answers;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Answers;

public sealed class PhrasesFileTests
{
    [Fact]
    public void Every_wrong_phrase_is_told_at_once()
    {
        var problems = Changed(phrases =>
        {
            phrases["startNamed"] = "Здравствуйте!";
            phrases["thanks"] = "Пожалуйста, {name}!";
            phrases["okay"] = "  ";
            phrases["help"] = 5;
            phrases["buttonFaq"] = new string('в', 65);
            phrases["buttonMore"] = "две\nстроки";
        }).Problems;

        problems.Select(p => p.InEnglish).Order(StringComparer.Ordinal).ShouldBe(
        [
            "phrases.json, field buttonFaq: is longer than 64 characters",
            "phrases.json, field buttonMore: must be one line, being a button",
            "phrases.json, field help: must be text in quotes",
            "phrases.json, field okay: is empty",
            "phrases.json, field startNamed: lacks {name}",
            "phrases.json, field thanks: has the unknown {name}",
        ]);
    }

    [Fact]
    public void A_file_older_or_newer_than_the_program_is_no_reason_to_be_silent()
    {
        var reading = Changed(phrases =>
        {
            phrases.Remove("start");
            phrases["helo"] = "опечатка";
        });

        reading.Problems.ShouldBeEmpty();
        reading.Value![PhraseList.Start].ShouldNotBeEmpty();
        reading.Warnings.Select(p => p.InEnglish).ShouldBe(
        [
            "phrases.json, field helo: is unknown and not used (did you mean hello)",
            "phrases.json, field start: is missing: the bot uses its own words",
        ]);
    }

    [Fact]
    public void Problems_are_told_in_russian_too() =>
        Changed(p => p["startNamed"] = "Привет").Problems.Single().InRussian.ShouldBe("phrases.json, поле startNamed: не содержит {name}");

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"start\":")]
    [InlineData("")]
    public void What_is_no_object_of_phrases_is_one_problem(string json) => Read(json).Problems.ShouldHaveSingleItem();

    [Fact]
    public void A_shop_may_leave_the_question_out_of_an_answer() => Changed(p => p["answer"] = "{answer}").Problems.ShouldBeEmpty();

    [Fact]
    public void Braces_inside_a_value_are_not_filled_again()
    {
        var phrases = new Phrases(new Dictionary<string, string> { ["answer"] = "{question}: {answer} {other} {" });

        phrases.Fill(PhraseList.Answer, ("question", "{answer}"), ("answer", "{question}")).ShouldBe("{answer}: {question} {other} {");
    }

    [Fact]
    public void The_list_of_phrases_is_complete()
    {
        var fields = typeof(PhraseList).GetFields().Where(f => f.FieldType == typeof(Phrase)).Select(f => ((Phrase)f.GetValue(null)!).Key);

        PhraseList.All.Select(p => p.Key).ShouldBe(fields, ignoreOrder: true);
    }

    private static FileReading<Phrases> Changed(Action<JsonObject> change)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "phrases.ru.json");
        var phrases = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(phrases);
        return Read(phrases.ToJsonString());
    }

    private static FileReading<Phrases> Read(string json) => PhrasesFile.Read("phrases.json", Encoding.UTF8.GetBytes(json));
}

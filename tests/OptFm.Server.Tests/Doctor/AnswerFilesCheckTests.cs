using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: a file of the shop that an edit broke is found, with its line.</summary>
public sealed class AnswerFilesCheckTests : IDisposable
{
    private const string Good = """[{"id": 1, "question": "Как оплатить?", "keywords": ["оплата"], "answer": "Картой"}]""";

    private readonly Clinic _clinic = new();

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task Shipped_files_are_well()
    {
        (await _clinic.RunAsync<AnswerFilesCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
    }

    [Fact]
    public async Task A_comma_lost_in_an_edit_is_told_with_its_line()
    {
        _clinic.Set("FAQ_FILE", _clinic.Own("faq.json", "[\n{\"id\": 1, \"question\": \"Как?\"\n\"answer\": \"Так\"}\n]"));

        var finding = await _clinic.FindAsync<AnswerFilesCheck>("faq-file");

        finding.ShouldSay(FindingLevel.Failure, "faq.json", "line 3");
        finding.What.Russian.ShouldContain("строке 3");
        finding.Mend.English.ShouldContain("optfm faq check");
    }

    [Fact]
    public async Task Several_problems_are_counted()
    {
        _clinic.Set("FAQ_FILE", _clinic.Own("faq.json", """[{"id": 1}, {"id": 2}]"""));

        (await _clinic.FindAsync<AnswerFilesCheck>("faq-file")).ShouldSay(FindingLevel.Failure, "entry 1", "more)");
    }

    [Fact]
    public async Task A_phrase_that_a_newer_version_added_is_a_warning()
    {
        _clinic.Set("PHRASES_FILE", _clinic.Own("phrases.json", """{"start": "Здравствуйте!"}"""));

        (await _clinic.FindAsync<AnswerFilesCheck>("phrases-file")).ShouldSay(FindingLevel.Warning, "is missing: the bot uses its own words", "more)");
    }

    [Fact]
    public async Task A_phrases_file_that_is_not_JSON_is_a_failure()
    {
        _clinic.Set("PHRASES_FILE", _clinic.Own("phrases.json", "start: hello"));

        (await _clinic.FindAsync<AnswerFilesCheck>("phrases-file")).ShouldSay(FindingLevel.Failure, "line 1");
    }

    [Fact]
    public async Task A_price_list_without_titles_is_a_failure()
    {
        _clinic.Own("price.csv", "a;b;c\n1;2;3\n");

        (await _clinic.FindAsync<AnswerFilesCheck>("price-file")).ShouldSay(FindingLevel.Failure, "titles of name and price");
    }

    [Fact]
    public async Task An_FAQ_that_breaks_golden_questions_is_told_since_it_is_not_in_force()
    {
        _clinic.Set("FAQ_FILE", _clinic.Own("faq.json", Good));
        _clinic.Own("faq.golden.tsv", "какая погода\t1\n");

        (await _clinic.FindAsync<AnswerFilesCheck>("golden-file")).ShouldSay(FindingLevel.Failure, "breaks 1 golden questions of 1");
    }

    [Fact]
    public async Task A_file_the_service_may_not_read_is_a_failure_though_root_reads_it()
    {
        var file = _clinic.Own("faq.json", Good);
        _clinic.Install().Set("FAQ_FILE", file).Script("runuser", $"for last; do :; done; [ \"$last\" != {file} ]");

        var finding = await _clinic.FindAsync<AnswerFilesCheck>("faq-file");

        finding.ShouldSay(FindingLevel.Failure, "cannot be read by the service (user optfm)");
        finding.Mend.English.ShouldBe($"sudo chgrp optfm {file} && sudo chmod 0640 {file}");
        (await _clinic.FindAsync<AnswerFilesCheck>("phrases-file")).ShouldSay(FindingLevel.Ok);
    }
}

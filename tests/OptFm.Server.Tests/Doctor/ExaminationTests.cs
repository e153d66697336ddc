using System.Text.Json;
using System.Text.RegularExpressions;
using OptFm.Server.Doctor;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: whatever one check does, the others are heard; and what is printed is complete, short and in the right language.</summary>
public sealed partial class ExaminationTests : IDisposable
{
    private static readonly Diagnosis Example = new("example", Area.Server, ("the example", "пример"), ("It matters.", "Это важно."), "sudo mend");

    private readonly Clinic _clinic = new();

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task A_check_that_crashes_is_reported_without_its_words_and_the_others_are_heard()
    {
        var findings = await RunAsync(new Check(_ => throw new InvalidOperationException("hunter2")), new Check(_ => Task.FromResult<IReadOnlyList<Finding>>([Example.Ok()])));

        findings.ShouldContain(finding => finding.Level == FindingLevel.Ok);
        findings.ShouldContain(finding => finding.Diagnosis.Id == "doctor" && finding.What.English.Contains("InvalidOperationException"));
        findings.ShouldAllBe(finding => !finding.What.English.Contains("hunter2"));
    }

    [Fact]
    public async Task A_check_that_hangs_is_left_behind()
    {
        var findings = await RunAsync(new Check(async stop =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
            return [];
        }));

        findings.ShouldHaveSingleItem().Level.ShouldBe(FindingLevel.Unchecked);
    }

    [Theory]
    [InlineData(FindingLevel.Ok, 0)]
    [InlineData(FindingLevel.Unchecked, 0)]
    [InlineData(FindingLevel.Warning, 1)]
    [InlineData(FindingLevel.Failure, 2)]
    public void The_exit_code_is_the_worst_finding(FindingLevel level, int code) =>
        Verdict.ExitCode([Example.Ok(), new Finding(Example, level, "x")]).ShouldBe(code);

    [Fact]
    public void People_read_the_worst_last_and_colours_only_on_a_terminal()
    {
        IReadOnlyList<Finding> findings = [Example.Failure(("broken", "сломано")), Example.Ok(), Example.Warning(("weak", "слабо")), Example.NeedsRoot()];

        Print(findings, AdministratorLanguage.Russian, colours: false).ShouldBe("""
            В порядке (1)
              ✓ сервер: пример
            Не проверено (1)
              ? пример: посмотреть может только root  [example]
                  → sudo optfm doctor
            Предупреждения (1)
              ! слабо  [example]
                  Это важно.
                  → sudo mend
            Ошибки (1)
              ✗ сломано  [example]
                  Это важно.
                  → sudo mend

            Ошибок: 1, предупреждений: 1; в порядке: 1, не проверено: 1.

            """);
        Print(findings, AdministratorLanguage.English, colours: true).ShouldContain("\e[1;31m✗\e[0m broken");
    }

    [Fact]
    public void Programs_read_stable_ids_and_levels()
    {
        var json = JsonDocument.Parse(DoctorJson.Of([Example.Failure(("broken", "сломано"))], AdministratorLanguage.Russian, DateTimeOffset.UnixEpoch)).RootElement;

        json.GetProperty("level").GetString().ShouldBe("failure");
        json.GetProperty("time").GetString().ShouldBe("1970-01-01T00:00:00Z");
        var finding = json.GetProperty("findings")[0];
        finding.EnumerateObject().Select(property => $"{property.Name}={property.Value.GetString()}")
            .ShouldBe(["id=example", "level=failure", "area=server", "what=сломано", "why=Это важно.", "mend=sudo mend"]);
    }

    [Fact]
    public void Every_id_is_unique_and_explained_in_both_languages()
    {
        CheckList.Diagnoses.Select(diagnosis => diagnosis.Id).ShouldBeUnique();
        foreach (var diagnosis in CheckList.Diagnoses)
        {
            diagnosis.Id.ShouldMatch("^[a-z0-9-]+$");
            foreach (var words in (Words[])[diagnosis.Title, diagnosis.Why])
            {
                words.English.ShouldNotBeNullOrWhiteSpace(diagnosis.Id);
                Cyrillic().IsMatch(words.Russian).ShouldBeTrue(diagnosis.Id);
            }

            diagnosis.Mend.English.ShouldNotBeNullOrWhiteSpace(diagnosis.Id);
            diagnosis.Why.English.ShouldEndWith(".");
        }
    }

    [Fact]
    public void The_document_says_what_the_code_does()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/doctor.md");
        var now = DoctorTable.Document() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1") File.WriteAllText(path, now);

        File.ReadAllText(path).ShouldBe(now, "docs/doctor.md is not what the code says: run the tests with UPDATE_APPROVED=1 and look at the difference");
    }

    private static string ThisFile([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;

    private static string Print(IReadOnlyList<Finding> findings, AdministratorLanguage language, bool colours)
    {
        var output = new StringWriter();
        new DoctorPrint(output, language, colours, 100).Write(findings);
        return output.ToString();
    }

    private Task<IReadOnlyList<Finding>> RunAsync(params ICheck[] checks) =>
        new Examination([checks]) { Patience = TimeSpan.FromSeconds(1) }.RunAsync(_clinic.Context, TestContext.Current.CancellationToken);

    [GeneratedRegex(@"\p{IsCyrillic}", RegexOptions.NonBacktracking)]
    private static partial Regex Cyrillic();

    private sealed class Check(Func<CancellationToken, Task<IReadOnlyList<Finding>>> run) : ICheck
    {
        public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Example];

        public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop) => run(stop);
    }
}

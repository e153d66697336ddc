using System.Text.Encodings.Web;
using System.Text.Json;
using OptFm.Server.Faq;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary>What <c>optfm faq check</c> prints.</summary>
internal sealed class FaqReportPrint(FaqReport report, string file, AdministratorLanguage language)
{
    /// <summary>So much advice is read; the rest is counted. JSON has all of it.</summary>
    private const int MostAdvice = 20;

    internal static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private bool IsRussian => language == AdministratorLanguage.Russian;

    public IEnumerable<string> Lines()
    {
        var problems = report.Lines.Where(line => line.IsProblem).ToList();
        var advice = report.Lines.Where(line => !line.IsProblem).ToList();
        yield return Say($"{file}: {report.Entries} entries", $"{file}: записей — {report.Entries}");
        if (problems.Count > 0) yield return Say($"Problems: {problems.Count}", $"Ошибки: {problems.Count}");
        foreach (var line in problems) yield return "  " + line.Place.In(language);
        if (advice.Count > 0) yield return Say($"Advice: {advice.Count}", $"Советы: {advice.Count}");
        foreach (var line in advice.Take(MostAdvice)) yield return "  " + line.Place.In(language);
        if (advice.Count > MostAdvice) yield return Say($"  … {advice.Count - MostAdvice} more with --json", $"  … ещё {advice.Count - MostAdvice} с --json");
        foreach (var line in Golden()) yield return line;
        yield return report.IsGood ? Say("The FAQ is good.", "FAQ в порядке.") : Say("The FAQ needs correction.", "FAQ нужно исправить.");
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            ok = report.IsGood,
            file,
            report.Entries,
            problems = report.Lines.Where(line => line.IsProblem).Select(Item),
            advice = report.Lines.Where(line => !line.IsProblem).Select(Item),
            golden = report.Questions is null ? null : new { questions = report.Questions, failed = report.Failed.Select(Item) },
        },
        Indented);

    private IEnumerable<string> Golden()
    {
        if (report.Questions is not { } count) yield break;

        yield return Say($"Golden questions: {count - report.Failed.Count} of {count} answered as expected", $"Золотые вопросы: {count - report.Failed.Count} из {count} с ожидаемым ответом");
        foreach (var failed in report.Failed) yield return "  " + (IsRussian ? failed.InRussian : failed.InEnglish);
        if (report.Failed.Count > 0)
        {
            yield return Say(
                "A running bot refuses a change that breaks one. Correct the FAQ, or the line of the golden file if the new answer is right; FAQ_FORCE=true takes the FAQ as it is.",
                "Работающий бот не примет изменение, которое ломает хотя бы один. Исправьте FAQ или, если новый ответ верен, строку золотого файла; с FAQ_FORCE=true FAQ будет принят как есть.");
        }
    }

    private object Item(FaqReportLine line) => new { line.Kind, entry = line.Place.Entry, line.Place.Id, line.Place.Field, line.Other, line.Text, message = line.Place.In(language) };

    private static object Item(GoldenDifference failed) =>
        new { failed.Question.Line, question = failed.Question.Text, expected = failed.Question.Shown, failed.Was, failed.Now, broken = failed.IsBroken };

    private string Say(string english, string russian) => IsRussian ? russian : english;
}

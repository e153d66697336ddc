using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

/// <summary>Findings for people: what is well in one paragraph, then the rest with the worst last, where the eye is when the prompt is back.</summary>
internal sealed class DoctorPrint(TextWriter output, AdministratorLanguage language, bool colours, int width)
{
    public void Write(IReadOnlyList<Finding> findings)
    {
        WriteWell([.. findings.Where(finding => finding.Level == FindingLevel.Ok)]);
        WriteSection(FindingLevel.Unchecked, findings);
        WriteSection(FindingLevel.Warning, findings);
        WriteSection(FindingLevel.Failure, findings);
        WriteSummary(findings);
    }

    private static int Count(IReadOnlyList<Finding> findings, FindingLevel level) => findings.Count(finding => finding.Level == level);

    private void WriteWell(IReadOnlyList<Finding> well)
    {
        if (well.Count == 0) return;

        WriteHeading(FindingLevel.Ok, well.Count);
        foreach (var area in well.GroupBy(finding => finding.Diagnosis.Area))
        {
            var titles = string.Join(", ", area.Select(finding => finding.Diagnosis.Title.In(language)).Distinct(StringComparer.Ordinal));
            WriteWrapped($"  {Paint(Sign(FindingLevel.Ok), FindingLevel.Ok)} ", 4, $"{AreaNames.Of(area.Key).In(language)}: {titles}");
        }
    }

    private void WriteSection(FindingLevel level, IReadOnlyList<Finding> all)
    {
        var findings = all.Where(finding => finding.Level == level).ToList();
        if (findings.Count == 0) return;

        WriteHeading(level, findings.Count);
        foreach (var finding in findings) WriteFinding(finding);
    }

    /// <summary>What was found stays on one line, however long: it is looked for, copied and sent to somebody.</summary>
    private void WriteFinding(Finding finding)
    {
        output.WriteLine($"  {Paint(Sign(finding.Level), finding.Level)} {finding.What.In(language)}  {Dim($"[{finding.Diagnosis.Id}]")}");
        if (finding.Level != FindingLevel.Unchecked) WriteWrapped("      ", 6, finding.Diagnosis.Why.In(language));
        if (finding.Mend.In(language) is { Length: > 0 } mend) output.WriteLine($"      {Dim("→")} {mend}");
    }

    private void WriteHeading(FindingLevel level, int count)
    {
        Words name = level switch
        {
            FindingLevel.Ok => ("Well", "В порядке"),
            FindingLevel.Unchecked => ("Not checked", "Не проверено"),
            FindingLevel.Warning => ("Warnings", "Предупреждения"),
            _ => ("Failures", "Ошибки"),
        };
        output.WriteLine(Paint($"{name.In(language)} ({count})", level));
    }

    private void WriteSummary(IReadOnlyList<Finding> findings)
    {
        var (failures, warnings) = (Count(findings, FindingLevel.Failure), Count(findings, FindingLevel.Warning));
        Words words = failures + warnings == 0
            ? ("All is well", "Всё в порядке")
            : ($"{failures} failures, {warnings} warnings", $"Ошибок: {failures}, предупреждений: {warnings}");
        Words rest = ($"; {Count(findings, FindingLevel.Ok)} well, {Count(findings, FindingLevel.Unchecked)} not checked.", $"; в порядке: {Count(findings, FindingLevel.Ok)}, не проверено: {Count(findings, FindingLevel.Unchecked)}.");
        output.WriteLine();
        output.WriteLine(Paint(words.In(language), Verdict.Of(findings)) + rest.In(language));
    }

    private void WriteWrapped(string start, int indent, string text)
    {
        var line = start;
        var used = indent;
        foreach (var word in text.Split(' '))
        {
            if (used > indent && used + 1 + word.Length > width)
            {
                output.WriteLine(line);
                (line, used) = (new string(' ', indent), indent);
            }

            (line, used) = used > indent ? ($"{line} {word}", used + 1 + word.Length) : (line + word, used + word.Length);
        }

        output.WriteLine(line);
    }

    private static string Sign(FindingLevel level) => level switch
    {
        FindingLevel.Ok => "✓",
        FindingLevel.Unchecked => "?",
        FindingLevel.Warning => "!",
        _ => "✗",
    };

    private string Paint(string text, FindingLevel level) => !colours ? text : level switch
    {
        FindingLevel.Ok => $"\e[32m{text}\e[0m",
        FindingLevel.Unchecked => $"\e[36m{text}\e[0m",
        FindingLevel.Warning => $"\e[33m{text}\e[0m",
        _ => $"\e[1;31m{text}\e[0m",
    };

    private string Dim(string text) => colours ? $"\e[2m{text}\e[0m" : text;
}

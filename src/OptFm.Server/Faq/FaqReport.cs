using OptFm.Search.Faq;
using OptFm.Search.Faq.Audit;

namespace OptFm.Server.Faq;

/// <summary>One finding of <c>optfm faq check</c>.</summary>
/// <param name="Kind">Such as <c>similar-entries</c>; stable, for programs.</param>
/// <param name="IsProblem">Whether it must be corrected; otherwise it is advice.</param>
/// <param name="Other">Id of the other entry, where there is one.</param>
public sealed record FaqReportLine(string Kind, bool IsProblem, FileProblem Place, string? Other = null, string? Text = null);

/// <summary>Everything that can be said of an FAQ before it goes live.</summary>
/// <param name="Entries">How many were read; 0 when the file is refused.</param>
/// <param name="Questions">How many golden questions were asked; null where there is no golden file.</param>
public sealed record FaqReport(int Entries, IReadOnlyList<FaqReportLine> Lines, int? Questions, IReadOnlyList<GoldenDifference> Failed)
{
    public bool IsGood => Failed.Count == 0 && !Lines.Any(line => line.IsProblem);

    /// <param name="golden">The golden file as it was read; null where there is none.</param>
    /// <param name="live">The FAQ that is live, to tell what a golden question's answer was; null where it is not known.</param>
    public static FaqReport Of(string file, FileReading<FaqSnapshot> reading, FileReading<GoldenFile>? golden, FaqSnapshot? live, CancellationToken stop)
    {
        List<FaqReportLine> lines =
        [
            .. reading.Problems.Select(problem => new FaqReportLine("refused", IsProblem: true, problem)),
            .. reading.Warnings.Select(warning => new FaqReportLine("ignored", IsProblem: false, warning)),
            .. golden?.Problems.Select(problem => new FaqReportLine("golden-file", IsProblem: true, problem)) ?? [],
        ];
        if (reading.Value is not { } faq) return new(0, lines, null, []);

        var positions = faq.Entries.Select((entry, i) => (entry.Id, Position: i + 1)).ToDictionary(pair => pair.Id, pair => pair.Position);
        lines.AddRange(faq.Entries.SelectMany(entry => FaqLinks.Broken(entry).Select(broken => Link(file, entry, positions[entry.Id], broken))));
        lines.AddRange(FaqAudit.Run(faq.Entries, stop).Select(finding => Line(file, finding, positions[finding.Entry.Id])));
        var failed = golden?.Value is { } questions ? GoldenReplay.Differences(questions, faq, live) : [];
        return new(faq.Entries.Count, lines, golden?.Value?.Questions.Count, failed);
    }

    private static FaqReportLine Link(string file, FaqEntry entry, int position, (string English, string Russian) broken) =>
        new("broken-link", IsProblem: true, new(file, broken.English, broken.Russian) { Entry = position, Id = entry.Id, Field = "answer" });

    private static FaqReportLine Line(string file, FaqFinding finding, int position)
    {
        var other = finding.Other is { } entry ? $"{entry.Id} «{entry.Question}»" : "";
        var (kind, english, russian) = finding.Kind switch
        {
            FaqFindingKind.SimilarEntries => ("similar-entries", $"is all but the same as entry {other}; make one of them", $"почти повторяет запись {other}; сделайте из них одну"),
            FaqFindingKind.RepeatedPhrasing => ("repeated-phrasing", $"«{finding.Text}» also stands in entry {other}; keep it in one", $"«{finding.Text}» есть и в записи {other}; оставьте в одной"),
            FaqFindingKind.StrayPhrasing => ("stray-phrasing", $"«{finding.Text}» is rather answered by entry {other} ({finding.Likeness:P0})", $"на «{finding.Text}» скорее отвечает запись {other} ({finding.Likeness:P0})"),
            _ => ("unreachable", "is found by none of its own texts; word its question and keywords more plainly", "не находится ни по одному своему тексту; запишите вопрос и ключевые слова понятнее"),
        };
        return new(kind, finding.IsProblem, new(file, english, russian) { Entry = position, Id = finding.Entry.Id }, finding.Other?.Id, finding.Text);
    }
}

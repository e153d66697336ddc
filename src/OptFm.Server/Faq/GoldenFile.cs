using System.Text;
using System.Text.Unicode;

namespace OptFm.Server.Faq;

/// <summary>A question whose answer is certain.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Expected">Ids of entries of which any is right; empty when the FAQ must not answer.</param>
public sealed record GoldenQuestion(int Line, string Text, IReadOnlyList<string> Expected)
{
    public string Shown => Expected.Count == 0 ? "-" : string.Join('|', Expected);
}

/// <summary>
/// The golden file: what a changed FAQ must still answer. A line is <c>question TAB id</c>, with <c>|</c> between ids of which any is right and
/// <c>-</c> where there is no answer; <c>#</c> starts a comment, and <c>question TAB expected</c> at the top is a heading.
/// </summary>
public sealed record GoldenFile(IReadOnlyList<GoldenQuestion> Questions)
{
    public const int MostQuestions = 10_000;
    private const int LongestQuestion = 1000;
    private const int MostProblems = 20;

    public static FileReading<GoldenFile> Read(string file, ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span)) return new(null, [new(file, "is not in UTF-8; save it in that encoding", "не в кодировке UTF-8; сохраните файл в ней")], []);

        var problems = new List<FileProblem>();
        var questions = Parse(file, Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF').Split('\n'), problems);
        if (questions.Count > MostQuestions) problems.Add(new(file, $"has more than {MostQuestions} questions", $"содержит больше {MostQuestions} вопросов"));
        return problems.Count > 0 ? new(null, [.. problems.Take(MostProblems)], []) : new(new(questions), [], []);
    }

    private static List<GoldenQuestion> Parse(string file, string[] lines, List<FileProblem> problems)
    {
        var questions = new List<GoldenQuestion>();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var cells = lines[i].TrimEnd('\r').Split('\t').Select(cell => cell.Trim()).ToArray();
            if (lines[i].AsSpan().IsWhiteSpace() || cells[0].StartsWith('#') || (cells is [_, "expected", ..] && questions.Count == 0)) continue;

            if (Fault(cells) is var (english, russian)) problems.Add(new(file, $"line {i + 1}: {english}", $"строка {i + 1}: {russian}"));
            else if (first.TryAdd(cells[0], i + 1)) questions.Add(new(i + 1, cells[0], Ids(cells[1])));
            else problems.Add(new(file, $"line {i + 1}: repeats the question of line {first[cells[0]]}", $"строка {i + 1}: повторяет вопрос строки {first[cells[0]]}"));
        }

        return questions;
    }

    private static (string English, string Russian)? Fault(string[] cells)
    {
        if (cells.Length < 2) return ("there is no TAB between the question and the id", "между вопросом и id нет табуляции");
        if (cells[0].Length == 0) return ("the question is missing", "нет вопроса");
        if (cells[0].Length > LongestQuestion) return ($"the question is longer than {LongestQuestion} characters", $"вопрос длиннее {LongestQuestion} знаков");
        if (cells[1] != "-" && Ids(cells[1]).Length == 0) return ("the expected id is missing; write - where there is no answer", "нет ожидаемого id; напишите -, если ответа быть не должно");
        return null;
    }

    private static string[] Ids(string cell) =>
        cell == "-" ? [] : cell.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

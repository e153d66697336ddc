using System.Text.Json;
using OptFm.Search.Faq;

namespace OptFm.Server.Faq;

/// <summary>Reads the shop's questions and answers, and gathers everything that is wrong with them.</summary>
public static class FaqFile
{
    public const int MostEntries = 20_000;

    /// <summary>So many problems are told; a file with more is wrong as a whole.</summary>
    private const int MostProblems = 50;

    public static FileReading<FaqSnapshot> Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var reading = ReadEntries(file, bytes);
        return new(reading.Value is { } entries ? FaqSnapshot.Build(entries) : null, reading.Problems, reading.Warnings);
    }

    /// <summary>Reads without building a matcher.</summary>
    public static FileReading<IReadOnlyList<FaqEntry>> ReadEntries(string file, ReadOnlyMemory<byte> bytes)
    {
        var problems = new List<FileProblem>();
        var warnings = new List<FileProblem>();
        using var document = JsonText.Parse(file, bytes, problems);
        if (document is null) return new(null, problems, warnings);

        var entries = Entries(file, document.RootElement, problems, warnings);
        if (problems.Count == 0) return new(entries, problems, warnings);

        return new(null, Shortened(file, problems), warnings);
    }

    private static List<FaqEntry> Entries(string file, JsonElement root, List<FileProblem> problems, List<FileProblem> warnings)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new(file, "must be a list of entries: [ {…}, {…} ]", "должен быть списком записей: [ {…}, {…} ]"));
            return [];
        }

        if (root.GetArrayLength() is 0 or > MostEntries)
        {
            problems.Add(new(file, $"must have 1 to {MostEntries} entries", $"должен содержать от 1 до {MostEntries} записей"));
            return [];
        }

        var entries = new List<FaqEntry>();
        var ids = new FaqIds(file, problems);
        var position = 0;
        foreach (var element in root.EnumerateArray())
        {
            position++;
            var entry = new FaqEntryReader(file, position, problems, warnings).Read(element);
            ids.Add(position, entry);
            entries.Add(entry);
        }

        ids.CheckRelated(entries);
        return entries;
    }

    private static List<FileProblem> Shortened(string file, List<FileProblem> problems)
    {
        if (problems.Count <= MostProblems) return problems;

        var rest = problems.Count - MostProblems;
        return [.. problems.Take(MostProblems), new(file, $"has {rest} more problems", $"содержит ещё {rest} ошибок")];
    }
}

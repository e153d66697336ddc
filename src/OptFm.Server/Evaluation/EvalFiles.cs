using OptFm.Search.Faq;
using OptFm.Search.Products;
using OptFm.Server.Faq;
using OptFm.Server.Products;

namespace OptFm.Server.Evaluation;

/// <summary>A labelled question.</summary>
/// <param name="Expected">Ids of which any is right; empty when the FAQ has no answer.</param>
public sealed record EvalQuery(string Text, IReadOnlyList<string> Expected, string Kind);

/// <summary>Reads the files an evaluation needs. Errors name the file and the line or entry.</summary>
public static class EvalFiles
{
    /// <exception cref="InvalidDataException">A line without a question or an expected id.</exception>
    public static IReadOnlyList<EvalQuery> ReadQueries(string path)
    {
        var queries = new List<EvalQuery>();
        var lines = File.ReadAllLines(path);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            var cells = lines[i].Split('\t');
            if (cells.Length < 2 || cells[1].Trim().Length == 0) throw new InvalidDataException($"{path}, line {i + 1}: query TAB expected TAB kind");
            IReadOnlyList<string> expected = cells[1].Trim() == "-" ? [] : cells[1].Trim().Split('|', ',');
            queries.Add(new EvalQuery(cells[0], expected, cells.Length > 2 ? cells[2].Trim() : ""));
        }

        return queries;
    }

    /// <exception cref="InvalidDataException">The list cannot be read.</exception>
    public static IReadOnlyList<Product> ReadPrice(string path)
    {
        var reading = PriceFile.ReadRows(path, File.ReadAllBytes(path));
        return reading.Value?.Products ?? throw new InvalidDataException(reading.Problems[0].InEnglish);
    }

    /// <exception cref="InvalidDataException">The FAQ cannot be used.</exception>
    public static IReadOnlyList<FaqEntry> ReadFaq(string path)
    {
        var reading = FaqFile.ReadEntries(path, File.ReadAllBytes(path));
        return reading.Value ?? throw new InvalidDataException(string.Join('\n', reading.Problems.Select(problem => problem.InEnglish)));
    }
}

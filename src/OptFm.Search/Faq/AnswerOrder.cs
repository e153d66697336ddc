using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>Puts what was asked first in an answer that was given before. Nothing is left out.</summary>
internal static class AnswerOrder
{
    private const string Gap = "\n\n";

    /// <summary>Paragraphs with the words come first, and in a list of points the points with them.</summary>
    /// <param name="words">Normalised words as the answer has them.</param>
    public static string MatchingFirst(string answer, IReadOnlyCollection<string> words)
    {
        if (words.Count == 0) return answer;
        var paragraphs = answer.ReplaceLineEndings("\n").Split(Gap);
        var matching = paragraphs.Where(paragraph => Has(paragraph, words)).Select(paragraph => PointsFirst(paragraph, words));
        return string.Join(Gap, matching.Concat(paragraphs.Where(paragraph => !Has(paragraph, words))));
    }

    private static string PointsFirst(string paragraph, IReadOnlyCollection<string> words)
    {
        var lines = paragraph.Split('\n');
        var first = Array.FindIndex(lines, IsPoint);
        if (first < 0 || !lines.Skip(first).All(IsPoint)) return paragraph;
        return string.Join('\n', lines.Take(first).Concat(lines.Skip(first).OrderBy(line => Has(line, words) ? 0 : 1)));
    }

    /// <summary>A point of a list whose order says nothing.</summary>
    private static bool IsPoint(string line) => line.TrimStart() is ['•' or '-' or '—' or '–', ' ', ..];

    private static bool Has(string text, IReadOnlyCollection<string> words) => TextAnalyzer.Read(text).Exists(word => words.Contains(word.Text));
}

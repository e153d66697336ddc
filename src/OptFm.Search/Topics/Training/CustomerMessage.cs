namespace OptFm.Search.Topics.Training;

/// <summary>A message to learn from.</summary>
/// <param name="Author">Who wrote it; models are tried on authors they have not read.</param>
/// <param name="Topic">What it is about, whether the FAQ covers that or not.</param>
/// <param name="Expected">Ids of the FAQ's entries of which any answers it; empty when none does.</param>
public sealed record CustomerMessage(string Author, string Topic, IReadOnlyList<string> Expected, string Text)
{
    /// <summary>Reads lines of author, topic, ids joined by <c>|</c> or <c>-</c>, and text, with tabs between; <c>#</c> starts a comment line.</summary>
    /// <exception cref="FormatException">A line has other than four columns.</exception>
    public static IReadOnlyList<CustomerMessage> Parse(string file) =>
        [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(ParseLine)];

    private static CustomerMessage ParseLine(string line)
    {
        var cells = line.TrimEnd('\r').Split('\t');
        if (cells.Length != 4) throw new FormatException($"author TAB topic TAB ids TAB text expected: \"{line}\"");
        return new(cells[0], cells[1], cells[2] == "-" ? [] : cells[2].Split('|'), cells[3]);
    }
}

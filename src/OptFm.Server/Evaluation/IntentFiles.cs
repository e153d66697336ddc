using OptFm.Search.Classification;

namespace OptFm.Server.Evaluation;

/// <summary>Reads labelled examples: a line of names, then <c>label TAB text</c>; the label - for what has no answer.</summary>
public static class IntentFiles
{
    /// <exception cref="InvalidDataException">A line without a label or a text; no example at all.</exception>
    public static IReadOnlyList<LabelledText> ReadIndex(string path)
    {
        var examples = new List<LabelledText>();
        var lines = File.ReadAllLines(path);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            var cells = lines[i].Split('\t');
            if (cells.Length < 2 || cells[0].Trim().Length == 0) throw new InvalidDataException($"{path}, line {i + 1}: label TAB text");
            examples.Add(new LabelledText(cells[0].Trim(), cells[1]));
        }

        if (examples.All(example => example.Label == TextClassifier.NoAnswer)) throw new InvalidDataException($"{path}: no example with a label");
        return examples;
    }

    /// <summary>The first examples of each label, in the order of the file.</summary>
    /// <param name="count">Of each label.</param>
    public static IReadOnlyList<LabelledText> FirstOfEach(IReadOnlyList<LabelledText> examples, int count) =>
        [.. examples.GroupBy(example => example.Label).SelectMany(group => group.Take(count))];
}

namespace OptFm.Search.Classification.Training;

/// <summary>Texts to learn from, cut into words once. The name of a label is one more example where it says anything.</summary>
internal sealed class Examples
{
    private readonly List<(string Label, IReadOnlyList<string> Words)> _names;

    public Examples(IReadOnlyList<LabelledText> texts)
    {
        Texts = [.. texts.Select(text => (text.Label, (IReadOnlyList<string>)FeatureReader.Words(text.Text)))];
        Labels = [.. texts.Select(text => text.Label).Where(label => label != TextClassifier.NoAnswer).Distinct(StringComparer.Ordinal)];
        SmallTalk = Classification.SmallTalk.For(Texts.Select(text => text.Words));
        _names = [.. Labels.Select(label => (label, (IReadOnlyList<string>)Name(label))).Where(name => name.Item2.Any(word => char.IsLetter(word[0])))];
    }

    public IReadOnlyList<(string Label, IReadOnlyList<string> Words)> Texts { get; }

    public IReadOnlyList<string> Labels { get; }

    /// <summary>More texts without an answer.</summary>
    public IReadOnlyList<IReadOnlyList<string>> SmallTalk { get; }

    public List<(string Label, IReadOnlyList<string> Words)> All() => Of(_ => true, _ => true);

    /// <summary>All texts without an answer, of the positions asked for.</summary>
    public IEnumerable<IReadOnlyList<string>> WithoutAnswer(Func<int, bool> hasPosition, Func<int, bool> hasSmallTalk) =>
        Texts.Where((text, i) => text.Label == TextClassifier.NoAnswer && hasPosition(i)).Select(text => text.Words)
            .Concat(SmallTalk.Where((_, i) => hasSmallTalk(i)));

    /// <summary>Texts that have an answer, of the labels and positions asked for.</summary>
    public List<(string Label, IReadOnlyList<string> Words)> Of(Func<string, bool> hasLabel, Func<int, bool> hasPosition)
    {
        var chosen = Texts.Where((text, i) => text.Label != TextClassifier.NoAnswer && hasLabel(text.Label) && hasPosition(i)).ToList();
        var labels = chosen.Select(text => text.Label).ToHashSet(StringComparer.Ordinal);
        return [.. chosen, .. _names.Where(name => labels.Contains(name.Label))];
    }

    /// <summary>"card_not_working" is three words.</summary>
    private static List<string> Name(string label) => FeatureReader.Words(label.Replace('_', ' '));
}

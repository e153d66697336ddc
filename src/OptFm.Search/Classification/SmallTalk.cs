using OptFm.Search.Text;

namespace OptFm.Search.Classification;

/// <summary>
/// Greetings, fragments and idle questions that any chat gets: examples of what has no answer, where a set of labels brings none.
/// "Null" examples beside the labels are what Larson et al., An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction,
/// 2019, https://aclanthology.org/D19-1131, found to help most.
/// </summary>
internal static class SmallTalk
{
    /// <summary>The list in the script of most of the texts, cut into words.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> For(IEnumerable<IReadOnlyList<string>> texts)
    {
        var balance = texts.Sum(words => words.Sum(word => Scripts.IsCyrillic(word[0]) ? 1 : -1));
        return Lines(Shipped.Read(balance > 0 ? "small-talk.ru.txt" : "small-talk.en.txt"));
    }

    private static List<IReadOnlyList<string>> Lines(string file) =>
        [.. file.Split('\n').Where(line => !line.StartsWith('#')).Select(FeatureReader.Words).Where(words => words.Count > 0)];
}

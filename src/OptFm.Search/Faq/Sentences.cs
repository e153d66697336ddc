using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>In a long message the question is one sentence and the rest is its story: each sentence is asked on its own as well.</summary>
internal static class Sentences
{
    private const int Most = 6;
    private const int ShortestStrong = 2;

    /// <returns>The last sentences that say anything, none when there is only one.</returns>
    public static IEnumerable<List<QueryWord>> Of(List<QueryWord> words)
    {
        if (words[^1].Sentence == 0) return [];
        return words.GroupBy(word => word.Sentence).Select(sentence => sentence.ToList())
            .Where(sentence => sentence.Count(word => !word.Word.IsWeak) >= ShortestStrong).TakeLast(Most);
    }
}

using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>In a long message the question is one sentence and the rest is its story: each sentence is asked on its own as well.</summary>
internal static class Sentences
{
    private const int Most = 6;
    private const int ShortestStrong = 2;

    /// <returns>The last sentences that say anything: questions where there are any. None when there is only one sentence.</returns>
    public static List<List<QueryWord>> Of(List<QueryWord> words)
    {
        if (words[^1].Sentence == 0) return [];
        var sentences = words.GroupBy(word => word.Sentence).Select(sentence => sentence.ToList())
            .Where(sentence => sentence.Count(word => !word.Word.IsWeak) >= ShortestStrong).ToList();
        var questions = sentences.Where(sentence => sentence[0].IsAsked).ToList();
        return [.. (questions.Count > 0 ? questions : sentences).TakeLast(Most)];
    }
}

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
        var sentences = Split(words);
        if (sentences.Exists(static sentence => sentence[0].IsAsked)) sentences.RemoveAll(static sentence => !sentence[0].IsAsked);
        if (sentences.Count > Most) sentences.RemoveRange(0, sentences.Count - Most);
        return sentences;
    }

    private static List<List<QueryWord>> Split(List<QueryWord> words)
    {
        var sentences = new List<List<QueryWord>>();
        for (var start = 0; start < words.Count;)
        {
            var (end, strong) = (start, 0);
            for (; end < words.Count && words[end].Sentence == words[start].Sentence; end++)
                if (!words[end].Word.IsWeak) strong++;
            if (strong >= ShortestStrong) sentences.Add(words.GetRange(start, end - start));
            start = end;
        }

        return sentences;
    }
}

using OptFm.Search.Classification;
using OptFm.Search.Index;
using OptFm.Search.Text;
using OptFm.Search.Topics;

namespace OptFm.Search.Faq;

/// <summary>Which entries each topic leads to: read once from the entries' own texts by the model that reads questions.</summary>
internal sealed class EntryTopics
{
    /// <summary>Phrasings beyond these say little new about an entry's topic.</summary>
    private const int MostPhrasings = 5;
    private const float KeywordsPart = 1f / 3;
    private const float LeastPart = 0.02f;

    /// <summary>A topic that entries touch less than this, all together, is not theirs.</summary>
    private const float LeastCover = 0.3f;
    /// <summary>Less of a topic than this changes nothing.</summary>
    private const float LeastShare = 0.002f;

    /// <summary>By topic the entries it leads to.</summary>
    private readonly Postings _links;

    private EntryTopics(int entryCount, Postings links) => (EntryCount, _links) = (entryCount, links);

    public int EntryCount { get; }

    public static EntryTopics Of(IReadOnlyList<FaqEntry> entries, TopicModel topics)
    {
        var reader = topics.NewReader();
        var parts = entries.Select(entry => Parts(entry, topics, reader)).ToList();
        var covers = new float[topics.Topics.Count];
        foreach (var part in parts)
            for (var topic = 0; topic < covers.Length; topic++) covers[topic] += part[topic];
        var links = new PostingsBuilder();
        for (var entry = 0; entry < parts.Count; entry++)
            for (var topic = 0; topic < covers.Length; topic++)
                if (parts[entry][topic] >= LeastPart) links.Add(topic, entry, parts[entry][topic] / MathF.Max(covers[topic], LeastCover));
        return new(entries.Count, links.Build(covers.Length, static (first, _) => first));
    }

    /// <summary>Passes the topics' shares on to entries.</summary>
    /// <param name="byEntry">Set to the share of each entry, together at most one; what is missing is on topics that no entry covers.</param>
    public void Spread(ReadOnlySpan<float> shares, Span<float> byEntry)
    {
        byEntry.Clear();
        for (var topic = 0; topic < shares.Length; topic++)
        {
            if (shares[topic] < LeastShare) continue;
            var entries = _links.Of(topic);
            for (var i = 0; i < entries.Texts.Length; i++) byEntry[entries.Texts[i]] += shares[topic] * entries.Weights[i];
        }
    }

    private static float[] Parts(FaqEntry entry, TopicModel topics, FeatureReader reader)
    {
        var parts = new float[topics.Topics.Count];
        var questions = entry.Phrasings.Take(MostPhrasings).Prepend(entry.Question).ToList();
        foreach (var question in questions) Add(parts, question, (1 - KeywordsPart) / questions.Count, topics, reader);
        Add(parts, string.Join(' ', entry.Keywords), KeywordsPart, topics, reader);
        return parts;
    }

    private static void Add(float[] parts, string text, float weight, TopicModel topics, FeatureReader reader)
    {
        var words = TextAnalyzer.Read(text);
        if (words.Count == 0) return;
        var shares = new float[parts.Length];
        topics.Read(words.ConvertAll(word => word.Text), reader, shares);
        for (var topic = 0; topic < parts.Length; topic++) parts[topic] += weight * shares[topic];
    }
}

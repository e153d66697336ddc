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
    /// <summary>Margins of questions on topics the model has not learnt lie about the one, those of topics it has about the other or above.</summary>
    private const float Unknown = -0.55f;
    private const float WellKnown = -0.15f;
    private const float KeywordsPart = 1f / 3;
    private const float LeastPart = 0.02f;

    /// <summary>A topic that entries touch less than this, all together, is not theirs.</summary>
    private const float LeastCover = 0.3f;
    /// <summary>Less of a topic than this changes nothing.</summary>
    private const float LeastShare = 0.002f;

    /// <summary>By topic the entries it leads to.</summary>
    private readonly Postings _links;

    private EntryTopics(int entryCount, float unfamiliar, Postings links) => (EntryCount, Unfamiliar, _links) = (entryCount, unfamiliar, links);

    public int EntryCount { get; }

    /// <summary>How little the model makes of the entries' own questions: 1 when they are like none it has learnt from, 0 when it knows them well.</summary>
    public float Unfamiliar { get; }

    public static EntryTopics Of(IReadOnlyList<FaqEntry> entries, TopicModel topics)
    {
        var reader = topics.NewReader();
        var unfamiliar = new float[entries.Count];
        var parts = entries.Select((entry, i) => Parts(entry, topics, reader, out unfamiliar[i])).ToList();
        var covers = new float[topics.Topics.Count];
        foreach (var part in parts)
            for (var topic = 0; topic < covers.Length; topic++) covers[topic] += part[topic];
        var links = new PostingsBuilder();
        for (var entry = 0; entry < parts.Count; entry++)
            for (var topic = 0; topic < covers.Length; topic++)
                if (parts[entry][topic] >= LeastPart) links.Add(topic, entry, parts[entry][topic] / MathF.Max(covers[topic], LeastCover));
        return new(entries.Count, entries.Count == 0 ? 0 : unfamiliar.Average(), links.Build(covers.Length, static (first, _) => first));
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

    private static float[] Parts(FaqEntry entry, TopicModel topics, FeatureReader reader, out float unfamiliar)
    {
        var parts = new float[topics.Topics.Count];
        var questions = entry.Phrasings.Take(MostPhrasings).Prepend(entry.Question).ToList();
        float margin = 0;
        foreach (var question in questions) margin += Add(parts, question, (1 - KeywordsPart) / questions.Count, topics, reader);
        unfamiliar = Math.Clamp((WellKnown - (margin / questions.Count)) / (WellKnown - Unknown), 0, 1);
        Add(parts, string.Join(' ', entry.Keywords), KeywordsPart, topics, reader);
        return parts;
    }

    /// <returns>The margin of the likeliest topic.</returns>
    private static float Add(float[] parts, string text, float weight, TopicModel topics, FeatureReader reader)
    {
        var words = TextAnalyzer.Read(text);
        if (words.Count == 0) return Unknown;
        var shares = new float[parts.Length];
        var margin = topics.Read(words.ConvertAll(word => word.Text), reader, shares);
        for (var topic = 0; topic < parts.Length; topic++) parts[topic] += weight * shares[topic];
        return margin;
    }
}

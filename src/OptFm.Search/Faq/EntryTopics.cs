using OptFm.Search.Text;
using OptFm.Search.Topics;

namespace OptFm.Search.Faq;

/// <summary>Which entries each topic leads to: read once from the entries' own texts by the model that reads questions.</summary>
internal sealed class EntryTopics
{
    /// <summary>Phrasings beyond these say little new about an entry's topic.</summary>
    private const int MostPhrasings = 8;
    private const float KeywordsPart = 1f / 3;
    private const float LeastPart = 0.02f;

    /// <summary>A topic that entries touch less than this, all together, is not theirs.</summary>
    private const float LeastCover = 0.3f;
    private readonly List<(int Topic, int Entry, float Share)> _links = [];

    private EntryTopics(int entryCount) => EntryCount = entryCount;

    public int EntryCount { get; }

    public static EntryTopics Of(IReadOnlyList<FaqEntry> entries, TopicModel topics)
    {
        var parts = entries.Select(entry => Parts(entry, topics)).ToList();
        var covers = new float[topics.Topics.Count];
        foreach (var part in parts)
            for (var topic = 0; topic < covers.Length; topic++) covers[topic] += part[topic];
        var links = new EntryTopics(entries.Count);
        for (var entry = 0; entry < parts.Count; entry++)
            for (var topic = 0; topic < covers.Length; topic++)
                if (parts[entry][topic] >= LeastPart) links._links.Add((topic, entry, parts[entry][topic] / MathF.Max(covers[topic], LeastCover)));
        return links;
    }

    /// <summary>Passes the topics' shares on to entries.</summary>
    /// <param name="byEntry">Set to the share of each entry, together at most one; what is missing is on topics that no entry covers.</param>
    public void Spread(ReadOnlySpan<float> shares, Span<float> byEntry)
    {
        byEntry.Clear();
        foreach (var (topic, entry, share) in _links) byEntry[entry] += shares[topic] * share;
    }

    private static float[] Parts(FaqEntry entry, TopicModel topics)
    {
        var parts = new float[topics.Topics.Count];
        var questions = entry.Phrasings.Take(MostPhrasings).Prepend(entry.Question).ToList();
        foreach (var question in questions) Add(parts, question, (1 - KeywordsPart) / questions.Count, topics);
        Add(parts, string.Join(' ', entry.Keywords), KeywordsPart, topics);
        return parts;
    }

    private static void Add(float[] parts, string text, float weight, TopicModel topics)
    {
        var words = TextAnalyzer.Read(text);
        if (words.Count == 0) return;
        var shares = new float[parts.Length];
        topics.Read(words.ConvertAll(word => word.Text), shares);
        for (var topic = 0; topic < parts.Length; topic++) parts[topic] += weight * shares[topic];
    }
}

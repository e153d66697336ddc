using OptFm.Search.Classification;
using OptFm.Search.Faq;

namespace OptFm.Search.Topics.Training;

/// <summary>Trains topic models: on all messages, or on all but one author's, to see what a model is worth on people it has not read.</summary>
internal sealed class TopicTrainer(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
{
    private const int Seed = 20250625;

    /// <summary>What the file may hold: the largest weights, at some two bytes each.</summary>
    private const int MostWeights = 200_000;

    /// <summary>Word forms and prefixes gain nothing besides stems and n-grams.</summary>
    private static readonly LinearOptions Options = new() { Groups = new(1, 0, 1, 1, 0) { ShortestGram = 3, LongestGram = 4 } };
    private readonly List<LabelledText> _phrasings = [.. Phrasings(entries, messages)];

    public IReadOnlyList<string> Authors { get; } = [.. messages.Select(message => message.Author).Distinct(StringComparer.Ordinal)];

    public TopicModel WithoutTopics(IReadOnlyCollection<string> topics) => Train(messages.Where(message => !topics.Contains(message.Topic)), []);

    public TopicModel Without(string author) => Train(messages.Where(message => message.Author != author), _phrasings);

    /// <returns>The model of all messages, as <c>Topics/topics.bin</c> holds it.</returns>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        Classifier(messages, _phrasings).Write(stream, MostWeights);
        return stream.ToArray();
    }

    private static TopicModel Train(IEnumerable<CustomerMessage> read, IEnumerable<LabelledText> phrasings) => new(Classifier(read, phrasings));

    private static LinearClassifier Classifier(IEnumerable<CustomerMessage> read, IEnumerable<LabelledText> phrasings) =>
        LinearClassifier.Train([.. read.Select(message => new LabelledText(message.Topic, message.Text)).Concat(phrasings)], Options, new Random(Seed));

    /// <summary>The FAQ's own phrasings are examples, too: of the topic of most messages that their entry answers.</summary>
    private static IEnumerable<LabelledText> Phrasings(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
    {
        foreach (var entry in entries)
        {
            var topic = messages.Where(message => message.Expected.Contains(entry.Id)).GroupBy(message => message.Topic).MaxBy(group => group.Count());
            if (topic is null) continue;
            foreach (var phrasing in entry.Phrasings.Prepend(entry.Question)) yield return new(topic.Key, phrasing);
        }
    }
}

using OptFm.Search.Text;
using OptFm.Search.Topics;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Faq.Training;

/// <summary>
/// FAQs on topics that the topic model has not learnt: what the library meets at shops of another trade. Their entries are made of some
/// authors' messages and asked the others'; messages on other topics, known to the model or not, have no answer there.
/// </summary>
internal sealed class ForeignFaqs(IReadOnlyList<CustomerMessage> messages, TopicTrainer topics)
{
    private const int Groups = 5;
    private const int Authors = 2;
    private const int MostPhrasings = 12;
    private const int Keywords = 5;

    /// <summary>Each FAQ with a model that does not know its topics, and what to ask it, with <see cref="CustomerMessage.Expected"/> in its own ids.</summary>
    public IEnumerable<(IReadOnlyList<FaqEntry> Entries, TopicModel Model, IReadOnlyList<CustomerMessage> Asked)> Make()
    {
        var writers = topics.Authors.Take(Authors).ToHashSet();
        var written = messages.ToLookup(message => writers.Contains(message.Author));
        var all = written[true].Select(message => message.Topic).Distinct(StringComparer.Ordinal).ToList();
        for (var group = 0; group < Groups; group++)
        {
            var covered = all.Where((_, i) => i % Groups == group).ToHashSet();
            IReadOnlyList<FaqEntry> entries = [.. covered.Select(topic => Entry(topic, written[true]))];
            var alsoForeign = all.Where((_, i) => i % Groups == (group + 1) % Groups);
            yield return (entries, topics.WithoutTopics([.. covered, .. alsoForeign]), [.. Asked(covered, written[false])]);
        }
    }

    private static FaqEntry Entry(string topic, IEnumerable<CustomerMessage> written)
    {
        var texts = written.Where(message => message.Topic == topic).Select(message => message.Text).ToList();
        var words = texts.Take(MostPhrasings).SelectMany(TextAnalyzer.Read).Where(word => !word.IsWeak).GroupBy(word => word.Stem);
        var keywords = words.OrderByDescending(word => word.Count()).Take(Keywords).Select(word => word.First().Text);
        return new FaqEntry(topic, texts[0], [.. keywords], "") { Phrasings = [.. texts.Skip(1).Take(MostPhrasings)] };
    }

    /// <summary>Messages on the covered topics, and every so often one on another that none of those would answer.</summary>
    private static IEnumerable<CustomerMessage> Asked(HashSet<string> covered, IEnumerable<CustomerMessage> written)
    {
        var all = written.ToList();
        var answerable = all.Where(message => covered.Contains(message.Topic)).ToList();
        var ids = answerable.SelectMany(message => message.Expected).ToHashSet();
        var others = all.Where(message => !covered.Contains(message.Topic) && !message.Expected.Any(ids.Contains)).ToList();
        var step = Math.Max(1, others.Count / Math.Max(1, answerable.Count));
        return answerable.Select(message => message with { Expected = [message.Topic] })
            .Concat(others.Where((_, i) => i % step == 0).Select(message => message with { Expected = [] }));
    }
}

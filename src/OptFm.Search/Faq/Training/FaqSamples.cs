using OptFm.Search.Text;
using OptFm.Search.Topics;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Faq.Training;

/// <summary>
/// Makes training samples of customers' messages: each is asked of matchers whose topic model has not read its author. Besides those
/// without an answer there are those asked of an FAQ that lacks their entry and the ones related to it. FAQs on foreign
/// topics have samples of their own.
/// </summary>
internal sealed class FaqSamples(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages, Lexicon lexicon, TopicTrainer topics)
{
    private readonly List<(TopicModel Model, List<CustomerMessage> Messages)> _folds =
        [.. topics.Authors.Select(author => (topics.Without(author), messages.Where(message => message.Author == author).ToList()))];

    /// <summary>Asked of entries without phrasings: what a new FAQ is like.</summary>
    public List<FaqSample> Sparse() => Of(Bare);

    public List<FaqSample> ForeignSparse() => ForeignOf(Bare);

    public List<FaqSample> ForeignDense() => ForeignOf(entry => entry);

    /// <summary>Asked of entries with all their phrasings.</summary>
    public List<FaqSample> Dense() => Of(entry => entry);

    private static FaqEntry Bare(FaqEntry entry) => entry with { Phrasings = [] };

    private List<FaqSample> Of(Func<FaqEntry, FaqEntry> kept)
    {
        var samples = new List<FaqSample>();
        IReadOnlyList<FaqEntry> known = [.. entries.Select(kept)];
        foreach (var (model, asked) in _folds)
        {
            samples.AddRange(Ask(known, model, asked, SampleKind.Own));
            samples.AddRange(Ask(known, model, Questions(known), SampleKind.Question));
            foreach (var entry in known) samples.AddRange(AskWithout(entry, known, model, asked));
        }

        return samples;
    }

    private List<FaqSample> ForeignOf(Func<FaqEntry, FaqEntry> kept)
    {
        var samples = new List<FaqSample>();
        foreach (var (foreign, model, asked) in new ForeignFaqs(messages, topics).Make())
        {
            IReadOnlyList<FaqEntry> known = [.. foreign.Select(kept)];
            samples.AddRange(Ask(known, model, asked, SampleKind.Own));
            samples.AddRange(Ask(known, model, Questions(known), SampleKind.Question));
        }

        return samples;
    }

    private static IEnumerable<CustomerMessage> Questions(IReadOnlyList<FaqEntry> known) =>
        known.Select(entry => new CustomerMessage("", "", [entry.Id], entry.Question));

    private IEnumerable<FaqSample> AskWithout(FaqEntry left, IReadOnlyList<FaqEntry> all, TopicModel model, List<CustomerMessage> asked)
    {
        var others = all.Where(entry => entry.Id != left.Id && !left.Related.Contains(entry.Id) && !entry.Related.Contains(left.Id)).ToList();
        return Ask(others, model, asked.Where(message => message.Expected.Contains(left.Id)), SampleKind.LeftOut);
    }

    private IEnumerable<FaqSample> Ask(IReadOnlyList<FaqEntry> known, TopicModel model, IEnumerable<CustomerMessage> asked, SampleKind kind)
    {
        var matcher = FaqMatcher.Build(known, lexicon, model, FaqModel.Prior);
        foreach (var message in asked)
        {
            var parts = matcher.Observe(message.Text).Where(part => part.Entries.Count > 0).ToList();
            if (parts.Count > 0) yield return new FaqSample(parts, entry => message.Expected.Contains(known[entry].Id), kind != SampleKind.LeftOut && message.Expected.Count > 0, kind);
        }
    }
}

using OptFm.Search.Text;
using OptFm.Search.Topics;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Faq.Training;

/// <summary>
/// Makes training samples of customers' messages: each is asked of matchers whose topic model has not read its author. Besides those
/// without an answer there are those asked of an FAQ that lacks their entry and the ones related to it.
/// </summary>
internal sealed class FaqSamples(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages, Lexicon lexicon, TopicTrainer topics)
{
    private const float LeftOutWeight = 0.15f;

    /// <summary>The entries' own questions are asked, too, if seldom: word for word is no coincidence.</summary>
    private const float QuestionWeight = 0.5f;
    private readonly List<(TopicModel Model, List<CustomerMessage> Messages)> _folds =
        [.. topics.Authors.Select(author => (topics.Without(author), messages.Where(message => message.Author == author).ToList()))];

    /// <summary>Asked of entries without phrasings: what a new FAQ is like.</summary>
    public List<FaqSample> Sparse() => Of([.. entries.Select(entry => entry with { Phrasings = [] })]);

    /// <summary>Asked of entries with all their phrasings.</summary>
    public List<FaqSample> Dense() => Of(entries);

    private List<FaqSample> Of(IReadOnlyList<FaqEntry> known)
    {
        var samples = new List<FaqSample>();
        foreach (var (model, asked) in _folds)
        {
            samples.AddRange(Ask(known, model, asked, 1));
            samples.AddRange(Ask(known, model, known.Select(entry => new CustomerMessage("", "", [entry.Id], entry.Question)), QuestionWeight));
            foreach (var entry in known) samples.AddRange(AskWithout(entry, known, model, asked));
        }

        return samples;
    }

    private IEnumerable<FaqSample> AskWithout(FaqEntry left, IReadOnlyList<FaqEntry> all, TopicModel model, List<CustomerMessage> asked)
    {
        var others = all.Where(entry => entry.Id != left.Id && !left.Related.Contains(entry.Id) && !entry.Related.Contains(left.Id)).ToList();
        return Ask(others, model, asked.Where(message => message.Expected.Contains(left.Id)), LeftOutWeight);
    }

    private IEnumerable<FaqSample> Ask(IReadOnlyList<FaqEntry> known, TopicModel model, IEnumerable<CustomerMessage> asked, float weight)
    {
        var matcher = FaqMatcher.Build(known, lexicon, model, FaqModel.Prior);
        foreach (var message in asked)
        {
            var parts = matcher.Observe(message.Text).Where(part => part.Entries.Count > 0).ToList();
            if (parts.Count > 0) yield return new FaqSample(parts, entry => message.Expected.Contains(known[entry].Id), weight == 1 && message.Expected.Count > 0, weight);
        }
    }
}

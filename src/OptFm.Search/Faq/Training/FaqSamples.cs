using OptFm.Search.Text;

namespace OptFm.Search.Faq.Training;

/// <summary>
/// Makes training samples of an FAQ's own phrasings: each is asked of an index that does not have it. Questions without an answer come
/// from a file, and from asking a phrasing of an index that lacks its entry and those related to it.
/// </summary>
internal sealed class FaqSamples(IReadOnlyList<FaqEntry> entries, IReadOnlyList<string> unanswerable, Lexicon lexicon)
{
    private const int Folds = 5;
    private const float LeftOutWeight = 0.15f;

    /// <summary>Indexes without phrasings: what a new FAQ is like.</summary>
    public List<FaqSample> Sparse()
    {
        var bare = entries.Select(entry => entry with { Phrasings = [] }).ToList();
        var samples = Ask(bare, entries.SelectMany(entry => entry.Phrasings.Select(text => (text, (string?)entry.Id))), 1);
        samples.AddRange(Ask(bare, unanswerable.Select(text => (text, (string?)null)), 1));
        foreach (var entry in entries) samples.AddRange(AskWithout(entry, bare, entry.Phrasings));
        return samples;
    }

    /// <summary>Indexes with four fifths of the phrasings, asked the fifth.</summary>
    public List<FaqSample> Dense()
    {
        var samples = new List<FaqSample>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var part = fold;
            var known = entries.Select(entry => entry with { Phrasings = [.. entry.Phrasings.Where((_, i) => i % Folds != part)] }).ToList();
            var asked = entries.SelectMany(entry => entry.Phrasings.Where((_, i) => i % Folds == part).Select(text => (text, (string?)entry.Id)));
            samples.AddRange(Ask(known, asked, 1));
            samples.AddRange(Ask(known, unanswerable.Where((_, i) => i % Folds == part).Select(text => (text, (string?)null)), 1));
        }

        foreach (var entry in entries) samples.AddRange(AskWithout(entry, entries, entry.Phrasings));
        return samples;
    }

    private List<FaqSample> AskWithout(FaqEntry left, IReadOnlyList<FaqEntry> all, IReadOnlyList<string> questions)
    {
        var others = all.Where(entry => entry.Id != left.Id && !left.Related.Contains(entry.Id) && !entry.Related.Contains(left.Id)).ToList();
        return Ask(others, questions.Select(text => (text, (string?)null)), LeftOutWeight);
    }

    private List<FaqSample> Ask(IReadOnlyList<FaqEntry> known, IEnumerable<(string Text, string? Id)> questions, float weight)
    {
        var matcher = FaqMatcher.Build(known, lexicon, FaqModel.Prior);
        return [.. questions.Select(question => Sample(matcher, known, question.Text, question.Id, weight)).OfType<FaqSample>()];
    }

    private static FaqSample? Sample(FaqMatcher matcher, IReadOnlyList<FaqEntry> known, string text, string? id, float weight)
    {
        if (matcher.Observe(text) is not { } observed || observed.Entries.Count == 0) return null;
        var target = id is null ? FaqSample.NoAnswer : observed.Entries.FindIndex(entry => known[entry.Entry].Id == id);
        return new FaqSample(observed.Query, observed.Entries, target, weight);
    }
}

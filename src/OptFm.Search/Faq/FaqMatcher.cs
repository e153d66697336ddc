using System.Collections.Concurrent;
using System.Collections.Frozen;
using OptFm.Search.Index;
using OptFm.Search.Text;
using OptFm.Search.Topics;

namespace OptFm.Search.Faq;

/// <summary>
/// Finds the entry that answers a question, or knows that none does. Immutable and thread-safe; build a new one when the FAQ changes.
/// Never throws on any query; work is bounded by the first 4096 characters and 160 words.
/// </summary>
public sealed class FaqMatcher
{
    private const int MaxCandidates = 10;
    private readonly IReadOnlyList<FaqEntry> _entries;
    private readonly TextIndex _index;
    private readonly FaqNgrams _ngrams;
    private readonly QueryReader _reader;
    private readonly Lexicon _lexicon;
    private readonly FaqModel _model;
    private readonly TopicModel _topics;
    private readonly EntryTopics _entryTopics;
    private readonly ConcurrentBag<Evidence> _evidence = [];

    private FaqMatcher(IReadOnlyList<FaqEntry> entries, Lexicon lexicon, TopicModel topics, Func<EntryTopics, FaqModel> model, IReadOnlySet<Repair>? without = null)
    {
        _entries = entries;
        _lexicon = lexicon;
        _topics = topics;
        _entryTopics = EntryTopics.Of(entries, topics);
        _model = model(_entryTopics);
        var texts = FaqTexts.Of(entries);
        _index = FaqTexts.Index(texts, entries.Count, lexicon.Synonyms);
        _ngrams = FaqTexts.Ngrams(texts, entries.Count);
        _reader = new QueryReader(FaqTexts.Vocabulary(texts, lexicon), without);
    }

    public static FaqMatcher Build(IReadOnlyList<FaqEntry> entries) =>
        Build(entries, Lexicon.Russian(), FrozenSet<Repair>.Empty);

    /// <summary>With other words than those shipped, or without some repairs: what are they worth?</summary>
    public static FaqMatcher Build(IReadOnlyList<FaqEntry> entries, Lexicon lexicon, IReadOnlySet<Repair> without) =>
        new([.. entries], lexicon, TopicModel.Russian(), topics => FaqModels.Trained().For(entries, topics.Unfamiliar), without);

    /// <summary>With other weights than those shipped.</summary>
    /// <param name="weights">As <c>Faq/model.txt</c> holds them.</param>
    /// <exception cref="FormatException">A weight is missing or not a number.</exception>
    public static FaqMatcher Build(IReadOnlyList<FaqEntry> entries, string weights) =>
        new([.. entries], Lexicon.Russian(), TopicModel.Russian(), topics => FaqModels.Parse(weights).For(entries, topics.Unfamiliar));

    internal static FaqMatcher Build(IReadOnlyList<FaqEntry> entries, Lexicon lexicon, TopicModel topics, FaqModel model) =>
        new([.. entries], lexicon, topics, _ => model);

    /// <summary>Lowest confidence that answers, 0 to 1.</summary>
    public double AnswerAt => _model.AnswerAt;

    /// <summary>Lowest confidence of the first candidate that offers suggestions, 0 to 1.</summary>
    public double SuggestAt => _model.SuggestAt;

    /// <summary>Answers the message as a whole, or the sentence of it that is surest of its answer.</summary>
    public FaqMatch Match(string query)
    {
        var words = _reader.Read(query);
        if (words.Count == 0 || _entries.Count == 0) return FaqMatch.Nothing;
        if (!_evidence.TryTake(out var evidence)) evidence = NewEvidence();
        var best = MatchWords(words, evidence);
        foreach (var sentence in Sentences.Of(words))
        {
            var match = MatchWords(sentence, evidence);
            if (Confidence(match) > Confidence(best)) best = match;
        }

        _evidence.Add(evidence);
        return best;
    }

    /// <summary>The message's questions where it has two with different answers, in their order; else the message as a whole.</summary>
    /// <returns>One or two matches; two are both answers.</returns>
    public IReadOnlyList<FaqMatch> MatchEach(string message) => SeparateQuestions.Match(this, message);

    /// <summary>Understands a short message by what was answered before it: "а в Ярославль?".</summary>
    /// <param name="topic">The entry that was answered last.</param>
    /// <returns>Null where the message is no follow-up, or can be answered on its own.</returns>
    public FaqFollowUp? Follow(string message, FaqEntry topic) => FollowUp.Read(this, message, topic);

    private static double Confidence(FaqMatch match) => match.Candidates.Count == 0 ? 0 : match.Candidates[0].Confidence;

    private FaqMatch MatchWords(List<QueryWord> words, Evidence evidence)
    {
        var read = FaqQuery.Gather(words, _index, _ngrams, _lexicon, evidence);
        return Decide(read, FaqRanking.Of(evidence, _model), evidence);
    }

    /// <summary>What a question shows before any model: for training.</summary>
    /// <returns>The message as a whole, then its sentences.</returns>
    internal IEnumerable<FaqObservation> Observe(string question)
    {
        var words = _reader.Read(question);
        if (words.Count == 0) yield break;
        var evidence = NewEvidence();
        foreach (var part in Sentences.Of(words).Prepend(words))
        {
            var query = FaqQuery.Gather(part, _index, _ngrams, _lexicon, evidence);
            yield return new(query, [.. evidence.Candidates.Select((entry, place) => (entry, evidence.Of(place).ToArray()))]);
        }
    }

    private Evidence NewEvidence() => new(_index, _ngrams.Texts, new TopicEvidence(_topics, _entryTopics));

    private FaqMatch Decide(FaqQuery query, Ranking ranking, Evidence evidence)
    {
        if (ranking.Best.Length == 0) return FaqMatch.Nothing with { Query = query, Lexicon = _lexicon };
        var candidates = new List<FaqCandidate>(MaxCandidates);
        for (var i = 0; i < ranking.Best.Length && i < MaxCandidates; i++)
        {
            var confidence = FaqRanking.Confidence(query, ranking, i, evidence, _model);
            var entry = evidence.Candidates[ranking.Best[i].Entry];
            candidates.Add(new FaqCandidate(_entries[entry], ranking.Best[i].Score, confidence) { Topic = evidence.Topics.ByEntry[entry] });
        }

        return new FaqMatch(Decision(candidates[0].Confidence), candidates) { Query = query, Lexicon = _lexicon };
    }

    private FaqDecision Decision(double confidence)
    {
        if (confidence >= _model.AnswerAt) return FaqDecision.Answer;
        return confidence >= _model.SuggestAt ? FaqDecision.Suggest : FaqDecision.Unknown;
    }
}

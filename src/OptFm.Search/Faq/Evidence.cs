using OptFm.Search.Index;

namespace OptFm.Search.Faq;

/// <summary>
/// Working memory for one query at a time. Entries are weighed as wholes first; only the best of them are looked into, text by text, so that
/// an FAQ of a thousand entries costs little more than one of twenty.
/// </summary>
internal sealed class Evidence(TextIndex index, NgramIndex texts, TopicEvidence topics)
{
    public const int Signals = (int)Signal.Topic + 1;
    private const int Fields = 3;
    private readonly EntryEvidence _entries = new(index.EntryCount);
    private readonly float[] _signals = new float[Ranking.Most * Signals];
    private readonly int[] _fieldSeen = new int[Ranking.Most * Fields];
    private readonly NgramTexts _ngrams = new(texts);
    private readonly Ranking _candidates = new();
    private readonly List<int> _order = new(Ranking.Most);
    private float[] _dot = [];
    private float[] _contained = [];
    private int[] _textSeen = [];
    private int _word;

    /// <summary>The query's n-grams.</summary>
    public NgramVector Grams { get; } = new();

    public TopicEvidence Topics => topics;

    public Ranking Ranking { get; } = new();

    /// <summary>The entries looked into, in the order of the FAQ.</summary>
    public IReadOnlyList<int> Candidates => _order;

    /// <param name="place">In <see cref="Candidates"/>.</param>
    public Span<float> Of(int place) => _signals.AsSpan(place * Signals, Signals);

    /// <summary>Weighs whole entries and chooses those to look into.</summary>
    public void Choose(IReadOnlyList<QueryTerm> terms, float mass, NgramIndex ngrams, ReadOnlySpan<NgramVector.Gram> grams)
    {
        _entries.Gather(terms, index, ngrams, grams);
        _candidates.Clear();
        _order.Clear();
        _entries.Choose(_candidates, mass, topics.ByEntry);
        foreach (var (entry, _) in _candidates.Best) _order.Add(entry);
        _order.Sort();
        Array.Clear(_signals);
        for (var place = 0; place < _order.Count; place++)
        {
            _entries.Fill(_order[place], mass, Of(place));
            Of(place)[(int)Signal.Topic] = topics.Signal(_order[place]);
        }
    }

    /// <summary>Looks into the texts of the chosen entries.</summary>
    public void Look(IReadOnlyList<QueryTerm> terms, float norm, float mass, ReadOnlySpan<NgramVector.Gram> grams)
    {
        _ngrams.Load(grams);
        for (var place = 0; place < _order.Count; place++)
        {
            var (first, end) = (index.FirstText[_order[place]], index.FirstText[_order[place] + 1]);
            Prepare(end - first);
            foreach (var term in terms) AddTerm(term, place, first, end);
            var signals = Of(place);
            for (var text = first; text < end; text++) FinishText(text, text - first, norm, _ngrams.Cosine(text), signals);
            for (var signal = Signal.QuestionCoverage; signal <= Signal.AnswerCoverage; signal++) signals[(int)signal] /= mass;
        }

        _ngrams.Unload(grams);
    }

    private void Prepare(int count)
    {
        if (_dot.Length < count) (_dot, _contained, _textSeen) = (new float[count * 2], new float[count * 2], new int[count * 2]);
        _dot.AsSpan(0, count).Clear();
        _contained.AsSpan(0, count).Clear();
    }

    /// <summary>Each text counts a word of the query once, by its best way of matching: itself, then its concepts.</summary>
    private void AddTerm(QueryTerm term, int place, int first, int end)
    {
        _word++;
        if (term.Stem >= 0) Add(index.StemTexts.Of(term.Stem, first, end), term.Weight, term.Trust, place, first);
        if (term.Concepts is null) return;
        foreach (var concept in term.Concepts)
            Add(index.ConceptTexts.Of(concept, first, end), term.Weight, term.Trust * QueryTerm.SynonymTrust, place, first);
    }

    private void Add(PostingList postings, float weight, float trust, int place, int first)
    {
        for (var i = 0; i < postings.Texts.Length; i++)
        {
            var text = postings.Texts[i] - first;
            if (_textSeen[text] == _word) continue;
            _textSeen[text] = _word;
            _dot[text] += weight * trust * postings.Weights[i];
            _contained[text] += trust * postings.Weights[i];
            Cover(place, index.Field[postings.Texts[i]], weight * trust);
        }
    }

    private void Cover(int place, Field field, float amount)
    {
        ref var seen = ref _fieldSeen[(place * Fields) + (int)field];
        if (seen == _word) return;
        seen = _word;
        Of(place)[(int)(Signal.QuestionCoverage + (int)field)] += amount;
    }

    private void FinishText(int text, int local, float norm, float ngrams, Span<float> signals)
    {
        var field = index.Field[text];
        Raise(ref signals[(int)(Signal.QuestionNgrams + (int)field)], ngrams);
        if (_dot[local] == 0) return;
        Raise(ref signals[(int)(Signal.QuestionCosine + (int)field)], Math.Min(1, _dot[local] / (index.Norm[text] * norm)));
        if (field == Field.Answer) return;
        Raise(ref signals[(int)(Signal.QuestionContained + (int)field)], Math.Min(1, _contained[local] / index.Mass[text]));
    }

    private static void Raise(ref float signal, float value) => signal = Math.Max(signal, value);
}

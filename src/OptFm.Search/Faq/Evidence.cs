using OptFm.Search.Index;

namespace OptFm.Search.Faq;

/// <summary>Working memory for one query at a time: accumulators over texts and entries, cleared by what was touched.</summary>
internal sealed class Evidence(TextIndex index)
{
    public const int Signals = (int)Signal.EntryNgrams + 1;
    private const int Fields = 3;
    private readonly float[] _dot = new float[index.Entry.Length];
    private readonly float[] _contained = new float[index.Entry.Length];
    private readonly int[] _textSeen = new int[index.Entry.Length];
    private readonly int[] _fieldSeen = new int[index.EntryCount * Fields];
    private readonly int[] _entrySeen = new int[index.EntryCount];
    private readonly int[] _bm25Seen = new int[index.EntryCount];
    private readonly float[] _signals = new float[index.EntryCount * Signals];
    private readonly bool[] _isTouched = new bool[index.EntryCount];
    private readonly List<int> _texts = [];
    private int _word;

    /// <summary>Cosines by text for the n-gram index to fill.</summary>
    public float[] Ngrams { get; } = new float[index.Entry.Length];

    public List<int> NgramTexts { get; } = [];

    /// <summary>Cosines by entry for the n-gram index of whole entries to fill.</summary>
    public float[] EntryNgrams { get; } = new float[index.EntryCount];

    public List<int> NgramEntries { get; } = [];

    /// <summary>Entries with any evidence.</summary>
    public List<int> Entries { get; } = [];

    public Span<float> Of(int entry) => _signals.AsSpan(entry * Signals, Signals);

    public void Clear()
    {
        foreach (var text in _texts) _dot[text] = _contained[text] = 0;
        foreach (var text in NgramTexts) Ngrams[text] = 0;
        foreach (var entry in NgramEntries) EntryNgrams[entry] = 0;
        foreach (var entry in Entries)
        {
            Of(entry).Clear();
            _isTouched[entry] = false;
        }

        _texts.Clear();
        NgramTexts.Clear();
        NgramEntries.Clear();
        Entries.Clear();
    }

    /// <summary>Starts the next word of the query: each text counts one word once, by its best way of matching.</summary>
    public void NextWord() => _word++;

    /// <param name="weight">What the word is worth in the query.</param>
    /// <param name="trust">How far this way of matching is believed, 0 to 1.</param>
    public void Add(PostingList postings, float weight, float trust)
    {
        for (var i = 0; i < postings.Texts.Length; i++)
        {
            var text = postings.Texts[i];
            if (_textSeen[text] == _word) continue;
            _textSeen[text] = _word;
            if (_dot[text] == 0) _texts.Add(text);
            _dot[text] += weight * trust * postings.Weights[i];
            _contained[text] += trust * postings.Weights[i];
            Cover(index.Entry[text], index.Field[text], weight * trust);
        }
    }

    /// <summary>The same for whole entries.</summary>
    public void AddToEntries(PostingList postings, float weight)
    {
        for (var i = 0; i < postings.Texts.Length; i++)
        {
            var entry = postings.Texts[i];
            if (_bm25Seen[entry] == _word) continue;
            _bm25Seen[entry] = _word;
            Touch(entry);
            Of(entry)[(int)Signal.EntryBm25] += weight * postings.Weights[i];
        }
    }

    /// <summary>Turns sums into signals once all words are in.</summary>
    public void Finish(float queryNorm, float queryMass)
    {
        foreach (var text in _texts) FinishText(text, queryNorm);
        foreach (var text in NgramTexts) Raise(index.Entry[text], Signal.QuestionNgrams + (int)index.Field[text], Ngrams[text]);
        foreach (var entry in NgramEntries) Raise(entry, Signal.EntryNgrams, EntryNgrams[entry]);
        foreach (var entry in Entries)
        {
            var signals = Of(entry);
            for (var signal = Signal.QuestionCoverage; signal <= Signal.AnyCoverage; signal++) signals[(int)signal] /= queryMass;
            signals[(int)Signal.EntryBm25] /= queryMass;
        }
    }

    private void FinishText(int text, float queryNorm)
    {
        var (entry, field) = (index.Entry[text], index.Field[text]);
        Raise(entry, Signal.QuestionCosine + (int)field, Math.Min(1, _dot[text] / (index.Norm[text] * queryNorm)));
        if (field == Field.Answer) return;
        Raise(entry, Signal.QuestionContained + (int)field, Math.Min(1, _contained[text] / index.Mass[text]));
    }

    private void Cover(int entry, Field field, float amount)
    {
        Touch(entry);
        var slot = (entry * Fields) + (int)field;
        if (_fieldSeen[slot] != _word)
        {
            _fieldSeen[slot] = _word;
            Of(entry)[(int)(Signal.QuestionCoverage + (int)field)] += amount;
        }

        if (_entrySeen[entry] == _word) return;
        _entrySeen[entry] = _word;
        Of(entry)[(int)Signal.AnyCoverage] += amount;
    }

    private void Raise(int entry, Signal signal, float value)
    {
        Touch(entry);
        ref var current = ref Of(entry)[(int)signal];
        current = Math.Max(current, value);
    }

    private void Touch(int entry)
    {
        if (_isTouched[entry]) return;
        _isTouched[entry] = true;
        Entries.Add(entry);
    }
}

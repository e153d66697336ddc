using OptFm.Search.Classification.Training;

namespace OptFm.Search.Classification;

/// <summary>
/// Tells which label a text has, and how sure that is: a linear classifier mixed with the nearest example, calibrated on texts that neither
/// has seen, some of them of labels that neither knows. Immutable, safe to use from several threads.
/// </summary>
public sealed class TextClassifier
{
    /// <summary>The label of examples that have no answer.</summary>
    public const string NoAnswer = "-";

    private const int MostRanked = 10;
    private readonly Recogniser _recogniser;
    private readonly Calibration _calibration;
    private readonly double _threshold;

    private TextClassifier(Recogniser recogniser, float mix, Calibration calibration, double threshold) =>
        (_recogniser, Mix, _calibration, _threshold) = (recogniser, mix, calibration, threshold);

    public IReadOnlyList<string> Labels => _recogniser.Labels;

    /// <summary>How much the nearest example's cosine counts against the margin, as held-out texts had it.</summary>
    public float Mix { get; }

    /// <summary>Trains on texts; those labelled <see cref="NoAnswer"/> only help to know when to be silent. The same texts, options and seed give the same classifier.</summary>
    /// <exception cref="ArgumentException">There is no text with an answer.</exception>
    public static TextClassifier Build(IReadOnlyList<LabelledText> texts, TextClassifierOptions options, Random random)
    {
        if (texts.All(text => text.Label == NoAnswer)) throw new ArgumentException("A classifier needs texts to learn from.", nameof(texts));
        var examples = new Examples(texts);
        var heldOut = HeldOut.Ask(examples, options.Linear, random);
        var mix = heldOut.BestMix();
        var calibration = heldOut.Calibrate(mix, options.UnanswerableShare);
        var recogniser = new Recogniser(examples.All(), examples.WithoutAnswer(_ => true, _ => true), options.Linear, random);
        return new TextClassifier(recogniser, mix, calibration, options.Threshold);
    }

    /// <summary>Never throws; work is bounded whatever the text.</summary>
    public TextClassification Classify(string text)
    {
        var seen = _recogniser.Observe(FeatureReader.Words(text));
        var mixed = seen.Mixed(Mix);
        var best = ConfidenceCues.Index(mixed);
        var confidence = _calibration.Confidence(ConfidenceCues.Of(seen, mixed, best));
        return new TextClassification(confidence, confidence >= _threshold, Ranked(mixed));
    }

    private List<RankedLabel> Ranked(float[] mixed)
    {
        var order = Enumerable.Range(0, mixed.Length).ToArray();
        Array.Sort(mixed, order);
        var ranked = new List<RankedLabel>(MostRanked);
        for (var i = mixed.Length - 1; i >= 0 && ranked.Count < MostRanked; i--) ranked.Add(new RankedLabel(Labels[order[i]], mixed[i]));
        return ranked;
    }
}

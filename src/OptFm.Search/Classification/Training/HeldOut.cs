namespace OptFm.Search.Classification.Training;

/// <summary>
/// Cross-validation in which each fold lacks a fifth of the texts and a fifth of the labels, and is asked both: texts of a missing label
/// have no answer.
/// </summary>
internal sealed class HeldOut(IReadOnlyList<HeldOutText> texts)
{
    private const int Folds = 5;

    /// <summary>Few texts are asked several times, in other folds, until there are so many.</summary>
    private const int EnoughTexts = 4000;

    private const int MostRounds = 10;
    private const double Step = 0.3;
    private const double Penalty = 0.0005;
    private static readonly float[] Mixes = [0, 0.25f, 0.5f, 0.75f, 1, 1.5f, 2, 3];

    public static HeldOut Ask(Examples examples, LinearOptions options, Random random)
    {
        var asked = new List<HeldOutText>();
        var rounds = Math.Clamp(EnoughTexts / examples.Texts.Count, 1, MostRounds);
        for (var round = 0; round < rounds; round++) asked.AddRange(AskOnce(examples, options, random));
        return new HeldOut(asked);
    }

    private static IEnumerable<HeldOutText> AskOnce(Examples examples, LinearOptions options, Random random)
    {
        var textFold = Shuffled(examples.Texts.Count, random);
        var labelFold = examples.Labels.Zip(Shuffled(examples.Labels.Count, random)).ToDictionary(StringComparer.Ordinal);
        var talkFold = Shuffled(examples.SmallTalk.Count, random);
        for (var fold = 0; fold < Folds; fold++)
        {
            var known = examples.Of(label => labelFold[label] != fold, i => textFold[i] != fold);
            if (known.Count == 0) continue;
            var without = examples.WithoutAnswer(i => textFold[i] != fold, i => talkFold[i] != fold);
            var recogniser = new Recogniser(known, without, options, random);
            foreach (var text in AskTexts(examples, recogniser, (label, i) => textFold[i] == fold || labelFold.GetValueOrDefault(label, -1) == fold))
                yield return text;
            foreach (var text in AskSmallTalk(examples.SmallTalk.Where((_, i) => talkFold[i] == fold), recogniser)) yield return text;
        }
    }

    private static IEnumerable<HeldOutText> AskTexts(Examples examples, Recogniser recogniser, Func<string, int, bool> isAsked)
    {
        var numbers = recogniser.Labels.Select((label, i) => (label, i)).ToDictionary(StringComparer.Ordinal);
        for (var i = 0; i < examples.Texts.Count; i++)
        {
            var (label, words) = examples.Texts[i];
            if (isAsked(label, i)) yield return new HeldOutText(recogniser.Observe(words), numbers.GetValueOrDefault(label, -1));
        }
    }

    /// <summary>What reads like an example may well have an answer, and teaches nothing.</summary>
    private static IEnumerable<HeldOutText> AskSmallTalk(IEnumerable<IReadOnlyList<string>> texts, Recogniser recogniser) => texts
        .Select(words => new HeldOutText(recogniser.Observe(words), -1))
        .Where(text => text.Seen.Similarities.Max() < Background.LikeAnExample);

    /// <summary>The mix that puts most right labels first; of equals the one that trusts the classifier more.</summary>
    public float BestMix() => Mixes.MaxBy(mix => texts.Count(text => text.Target >= 0 && ConfidenceCues.Index(text.Seen.Mixed(mix)) == text.Target));

    public Calibration Calibrate(float mix, double unanswerableShare)
    {
        var samples = texts.Select(text => Sample(text, mix)).ToList();
        var unanswerable = texts.Count(text => text.Target < 0);
        var weights = texts.Select(text => text.Target < 0
            ? unanswerableShare / Math.Max(1, unanswerable)
            : (1 - unanswerableShare) / Math.Max(1, texts.Count - unanswerable)).ToArray();
        return new Calibration(new Standardised(samples).Fit(weights, Step, Penalty));
    }

    private static (float[] Cues, bool IsRight) Sample(HeldOutText text, float mix)
    {
        var mixed = text.Seen.Mixed(mix);
        var best = ConfidenceCues.Index(mixed);
        return (ConfidenceCues.Of(text.Seen, mixed, best), best == text.Target);
    }

    /// <returns>A fold for each, all folds equally often.</returns>
    private static int[] Shuffled(int count, Random random)
    {
        var folds = Enumerable.Range(0, count).Select(i => i % Folds).ToArray();
        random.Shuffle(folds);
        return folds;
    }
}

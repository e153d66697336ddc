namespace OptFm.Search.Faq.Training;

/// <summary>
/// A model fitted to samples: first the ranking, a conditional logit (McFadden, 1974) over entries, then the calibration, a logistic
/// regression on whether the first candidate of a message's surest part is right.
/// </summary>
internal sealed class FaqFit
{
    private const double RankPenalty = 0.0005;
    private const double CalibrationPenalty = 0.0002;

    /// <summary>The surest part depends on the calibration and the calibration on the surest parts: a few rounds settle both.</summary>
    private const int Rounds = 3;
    private readonly List<(FaqSample Sample, List<(float[] Cues, bool IsRight)> Parts)> _samples;

    private FaqFit(FaqModel model, List<(FaqSample Sample, List<(float[] Cues, bool IsRight)> Parts)> samples) => (Model, _samples) = (model, samples);

    public FaqModel Model { get; }

    public static FaqFit Of(List<FaqSample> samples) => Of(samples, FaqAblation.Nothing);

    public static FaqFit Of(List<FaqSample> samples, FaqAblation without)
    {
        var rank = RankFit.Of(samples, RankPenalty, without.Signals);
        var parts = samples.ConvertAll(sample => (sample, sample.Parts.Select(part => Cues(part, sample.IsRight, rank)).ToList()));
        var calibration = FaqModel.Prior.Calibration;
        foreach (var part in parts.SelectMany(part => part.Item2))
            foreach (var cue in without.Cues) part.Cues[(int)cue] = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var surest = parts.ConvertAll(part => (Part: Surest(part.Item2, calibration), part.sample.Weight));
            calibration = Logistic.Fit(
                weights => Gradient(surest, weights), 0.03, [0, .. Enumerable.Repeat(CalibrationPenalty, FaqRanking.Cues - 1)], nonNegative: false);
        }

        return new FaqFit(new FaqModel(rank, calibration), parts);
    }

    /// <summary>How the model answers customers' messages.</summary>
    public HeldOutFigures Figures()
    {
        var asked = _samples.FindAll(sample => sample.Sample.Kind == SampleKind.Own).ConvertAll(sample => (sample.Sample.HasAnswer, Part: Surest(sample.Parts, Model.Calibration)));
        var answered = asked.FindAll(sample => FaqRanking.Confidence(sample.Part.Cues, Model) >= Model.AnswerAt);
        var answerable = asked.Count(sample => sample.HasAnswer) / 100.0;
        return new(
            asked.Count(sample => sample.Part.IsRight) / answerable,
            answered.Count(sample => sample.Part.IsRight) / answerable,
            answered.Count(sample => sample.HasAnswer && !sample.Part.IsRight) / answerable,
            answered.Count(sample => !sample.HasAnswer) / ((asked.Count / 100.0) - answerable));
    }

    private static (float[] Cues, bool IsRight) Surest(List<(float[] Cues, bool IsRight)> parts, float[] calibration) =>
        parts.MaxBy(part => FaqRanking.Score(part.Cues, calibration));

    private static (float[] Cues, bool IsRight) Cues(FaqObservation part, Func<int, bool> isRight, float[] rank)
    {
        var ranking = new Ranking();
        for (var i = 0; i < part.Entries.Count; i++) ranking.Add(new Ranked(i, FaqRanking.Score(part.Entries[i].Signals, rank)));
        var cues = new float[FaqRanking.Cues];
        var first = part.Entries[ranking.Best[0].Entry];
        FaqRanking.Fill(cues, part.Query, ranking, 0, first.Signals);
        return (cues, isRight(first.Entry));
    }

    private static double[] Gradient(List<((float[] Cues, bool IsRight) Part, float Weight)> samples, double[] weights)
    {
        var gradient = new double[weights.Length];
        foreach (var ((cues, isRight), weight) in samples)
        {
            double sum = 0;
            for (var k = 0; k < weights.Length; k++) sum += cues[k] * weights[k];
            var error = weight * ((isRight ? 1 : 0) - (1 / (1 + Math.Exp(-sum)))) / samples.Count;
            for (var k = 0; k < weights.Length; k++) gradient[k] += error * cues[k];
        }

        return gradient;
    }
}

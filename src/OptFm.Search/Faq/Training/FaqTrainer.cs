using OptFm.Search.Text;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Faq.Training;

/// <summary>
/// Fits the matcher's numbers to customers' messages: first the ranking, a conditional logit (McFadden, 1974) over entries, then the
/// calibration, a logistic regression on whether the first candidate of a message's surest part is right.
/// </summary>
public static class FaqTrainer
{
    private const double RankPenalty = 0.0005;
    private const double CalibrationPenalty = 0.0002;

    /// <summary>The surest part depends on the calibration and the calibration on the surest parts: a few rounds settle both.</summary>
    private const int Rounds = 3;

    public static FaqTraining Train(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
    {
        var topics = new TopicTrainer(entries, messages);
        var samples = new FaqSamples(entries, messages, Lexicon.Russian(), topics);
        var (sparse, sparseFigures) = Fit(samples.Sparse());
        var (dense, denseFigures) = Fit(samples.Dense());
        return new FaqTraining(new FaqModels(sparse, dense).Write(), topics.Write(), sparseFigures, denseFigures);
    }

    private static (FaqModel Model, HeldOutFigures Figures) Fit(List<FaqSample> samples)
    {
        var ranked = samples.ConvertAll(Ranked).FindAll(sample => sample.Right.Contains(true));
        var rank = Logistic.Fit(
            weights => RankGradient(ranked, weights), 0.3, [.. Enumerable.Repeat(RankPenalty, Evidence.Signals)], nonNegative: true);
        var parts = samples.ConvertAll(sample => (Cues: sample.Parts.Select(part => Cues(part, sample.IsRight, rank)).ToList(), sample.Weight, sample.HasAnswer));
        var calibration = FaqModel.Prior.Calibration;
        for (var round = 0; round < Rounds; round++)
        {
            var surest = parts.ConvertAll(part => (Part: Surest(part.Cues, calibration), part.Weight));
            calibration = Logistic.Fit(
                weights => CueGradient(surest, weights), 0.03, [0, .. Enumerable.Repeat(CalibrationPenalty, FaqRanking.Cues - 1)], nonNegative: false);
        }

        var model = new FaqModel(rank, calibration);
        return (model, Figures(parts.FindAll(part => part.Weight == 1).ConvertAll(part => (Surest(part.Cues, calibration), part.HasAnswer)), model));
    }

    private static (float[] Cues, bool IsRight) Surest(List<(float[] Cues, bool IsRight)> parts, float[] calibration) =>
        parts.MaxBy(part => FaqRanking.Score(part.Cues, calibration));

    private static HeldOutFigures Figures(List<((float[] Cues, bool IsRight) Part, bool HasAnswer)> samples, FaqModel model)
    {
        var answered = samples.FindAll(sample => FaqRanking.Confidence(sample.Part.Cues, model) >= model.AnswerAt);
        var answerable = samples.Count(sample => sample.HasAnswer) / 100.0;
        return new(
            samples.Count(sample => sample.Part.IsRight) / answerable,
            answered.Count(sample => sample.Part.IsRight) / answerable,
            answered.Count(sample => sample.HasAnswer && !sample.Part.IsRight) / answerable,
            answered.Count(sample => !sample.HasAnswer) / ((samples.Count / 100.0) - answerable));
    }

    private static (IReadOnlyList<float[]> Signals, bool[] Right) Ranked(FaqSample sample)
    {
        var whole = sample.Parts[0].Entries;
        return ([.. whole.Select(entry => entry.Signals)], [.. whole.Select(entry => sample.IsRight(entry.Entry))]);
    }

    private static double[] RankGradient(List<(IReadOnlyList<float[]> Signals, bool[] Right)> samples, double[] weights)
    {
        var gradient = new double[weights.Length];
        foreach (var (signals, right) in samples)
        {
            var shares = Shares(signals, weights);
            var rightShare = shares.Where((_, i) => right[i]).Sum();
            for (var i = 0; i < shares.Length; i++)
            {
                var error = ((right[i] ? shares[i] / rightShare : 0) - shares[i]) / samples.Count;
                for (var k = 0; k < weights.Length; k++) gradient[k] += error * signals[i][k];
            }
        }

        return gradient;
    }

    private static double[] Shares(IReadOnlyList<float[]> signals, double[] weights)
    {
        var scores = signals.Select(entry => entry.Select((signal, k) => signal * weights[k]).Sum()).ToArray();
        var top = scores.Max();
        var powers = scores.Select(score => Math.Exp(score - top)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private static (float[] Cues, bool IsRight) Cues(FaqObservation part, Func<int, bool> isRight, float[] rank)
    {
        var ranking = new Ranking();
        for (var i = 0; i < part.Entries.Count; i++) ranking.Add(new Ranked(i, FaqRanking.Score(part.Entries[i].Signals, rank)));
        var cues = new float[FaqRanking.Cues];
        var first = part.Entries[ranking.Best[0].Entry];
        FaqRanking.Fill(cues, part.Query, ranking, 0, first.Signals);
        return (cues, isRight(first.Entry));
    }

    private static double[] CueGradient(List<((float[] Cues, bool IsRight) Part, float Weight)> samples, double[] weights)
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

using OptFm.Search.Text;

namespace OptFm.Search.Faq.Training;

/// <summary>
/// Fits the matcher's numbers to an FAQ with phrasings and a list of questions it has no answer for: first the ranking, a conditional
/// logit (McFadden, 1974) over entries, then the calibration, a logistic regression on whether the first candidate is right.
/// </summary>
public static class FaqTrainer
{
    private const double RankPenalty = 0.0005;
    private const double CalibrationPenalty = 0.0002;

    /// <returns>The weights as <c>Faq/model.txt</c> holds them.</returns>
    public static string Train(IReadOnlyList<FaqEntry> entries, IReadOnlyList<string> unanswerable)
    {
        var samples = new FaqSamples(entries, unanswerable, Lexicon.Russian());
        return new FaqModels(Fit(samples.Sparse()), Fit(samples.Dense())).Write();
    }

    private static FaqModel Fit(List<FaqSample> samples)
    {
        var ranked = samples.Where(sample => sample.Target >= 0).ToList();
        var rank = Logistic.Fit(
            weights => RankGradient(ranked, weights), 0.3, [.. Enumerable.Repeat(RankPenalty, Evidence.Signals)], nonNegative: true);
        var cues = samples.Select(sample => Cues(sample, rank)).ToList();
        var calibration = Logistic.Fit(
            weights => CueGradient(cues, weights), 0.03, [0, .. Enumerable.Repeat(CalibrationPenalty, FaqRanking.Cues - 1)], nonNegative: false);
        return new FaqModel(rank, calibration);
    }

    private static double[] RankGradient(List<FaqSample> samples, double[] weights)
    {
        var gradient = new double[weights.Length];
        foreach (var sample in samples)
        {
            var shares = Shares(sample, weights);
            for (var i = 0; i < shares.Length; i++)
            {
                var error = ((i == sample.Target ? 1 : 0) - shares[i]) / samples.Count;
                for (var k = 0; k < weights.Length; k++) gradient[k] += error * sample.Entries[i].Signals[k];
            }
        }

        return gradient;
    }

    private static double[] Shares(FaqSample sample, double[] weights)
    {
        var scores = sample.Entries.Select(entry => entry.Signals.Select((signal, k) => signal * weights[k]).Sum()).ToArray();
        var top = scores.Max();
        var powers = scores.Select(score => Math.Exp(score - top)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private static (float[] Cues, bool IsRight, float Weight) Cues(FaqSample sample, float[] rank)
    {
        var ranking = new Ranking();
        for (var i = 0; i < sample.Entries.Count; i++) ranking.Add(new Ranked(i, FaqRanking.Score(sample.Entries[i].Signals, rank)));
        var cues = new float[FaqRanking.Cues];
        FaqRanking.Fill(cues, sample.Query, ranking, 0, sample.Entries[ranking.Best[0].Entry].Signals);
        return (cues, ranking.Best[0].Entry == sample.Target, sample.Weight);
    }

    private static double[] CueGradient(List<(float[] Cues, bool IsRight, float Weight)> samples, double[] weights)
    {
        var gradient = new double[weights.Length];
        foreach (var (cues, isRight, weight) in samples)
        {
            double sum = 0;
            for (var k = 0; k < weights.Length; k++) sum += cues[k] * weights[k];
            var error = weight * ((isRight ? 1 : 0) - (1 / (1 + Math.Exp(-sum)))) / samples.Count;
            for (var k = 0; k < weights.Length; k++) gradient[k] += error * cues[k];
        }

        return gradient;
    }
}

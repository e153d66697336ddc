using System.Runtime.InteropServices;

namespace OptFm.Search.Faq;

/// <summary>An entry by number and its ranking score.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ranked(int Entry, float Score);

/// <summary>Turns evidence into an order and a probability.</summary>
internal static class FaqRanking
{
    /// <summary>How many cues there are.</summary>
    public const int Cues = (int)Cue.Foreign + 1;

    public static List<Ranked> Of(Evidence evidence, FaqModel model)
    {
        var ranking = new List<Ranked>(evidence.Entries.Count);
        foreach (var entry in evidence.Entries) ranking.Add(new Ranked(entry, Score(evidence.Of(entry), model.Rank)));
        ranking.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Entry.CompareTo(b.Entry));
        return ranking;
    }

    /// <returns>The probability that the candidate at this rank answers the question.</returns>
    public static double Confidence(FaqQuery query, List<Ranked> ranking, int rank, Evidence evidence, FaqModel model)
    {
        Span<float> cues = stackalloc float[Cues];
        Fill(cues, query, ranking, rank, evidence.Of(ranking[rank].Entry));
        double sum = 0;
        for (var i = 0; i < cues.Length; i++) sum += cues[i] * model.Calibration[i];
        return 1 / (1 + Math.Exp(-sum));
    }

    internal static void Fill(Span<float> cues, FaqQuery query, List<Ranked> ranking, int rank, ReadOnlySpan<float> signals)
    {
        var score = ranking[rank].Score;
        var other = ranking.Count == 1 ? 0 : ranking[rank == 0 ? 1 : 0].Score;
        cues[(int)Cue.One] = 1;
        cues[(int)Cue.Score] = score;
        cues[(int)Cue.Share] = Share(ranking, score);
        cues[(int)Cue.Lead] = score - other;
        cues[(int)Cue.Coverage] = signals[(int)Signal.AnyCoverage];
        cues[(int)Cue.Unknown] = query.UnknownShare;
        cues[(int)Cue.Nearest] = Math.Max(signals[(int)Signal.QuestionCosine], signals[(int)Signal.KeywordCosine]);
        cues[(int)Cue.NearestNgrams] = Math.Max(signals[(int)Signal.QuestionNgrams], signals[(int)Signal.KeywordNgrams]);
        cues[(int)Cue.Length] = MathF.Log(1 + query.StrongWords);
        cues[(int)Cue.OnlyWeak] = query.StrongWords == 0 ? 1 : 0;
        cues[(int)Cue.Asked] = Math.Max(signals[(int)Signal.QuestionCoverage], signals[(int)Signal.KeywordCoverage]);
        cues[(int)Cue.Contained] = Math.Max(signals[(int)Signal.QuestionContained], signals[(int)Signal.KeywordContained]);
        cues[(int)Cue.CoverageSquared] = cues[(int)Cue.Coverage] * cues[(int)Cue.Coverage];
        cues[(int)Cue.Foreign] = query.ForeignShare;
    }

    private static float Share(List<Ranked> ranking, float score)
    {
        float sum = 0;
        foreach (var other in ranking) sum += MathF.Exp(other.Score - score);
        return 1 / sum;
    }

    internal static float Score(ReadOnlySpan<float> signals, IReadOnlyList<float> weights)
    {
        float score = 0;
        for (var i = 0; i < signals.Length; i++) score += signals[i] * weights[i];
        return score;
    }
}

namespace OptFm.Search.Faq;

/// <summary>Turns evidence into an order and a probability.</summary>
internal static class FaqRanking
{
    /// <summary>How many cues there are.</summary>
    public const int Cues = (int)Cue.Exact + 1;

    private const float AlmostExact = 0.9f;

    public static Ranking Of(Evidence evidence, FaqModel model)
    {
        var ranking = evidence.Ranking;
        ranking.Clear();
        for (var place = 0; place < evidence.Candidates.Count; place++) ranking.Add(new Ranked(place, Score(evidence.Of(place), model.Rank)));
        return ranking;
    }

    /// <returns>The probability that the candidate at this rank answers the question.</returns>
    public static double Confidence(FaqQuery query, Ranking ranking, int rank, Evidence evidence, FaqModel model)
    {
        Span<float> cues = stackalloc float[Cues];
        Fill(cues, query, ranking, rank, evidence.Of(ranking.Best[rank].Entry));
        return Confidence(cues, model);
    }

    internal static double Confidence(ReadOnlySpan<float> cues, FaqModel model) => 1 / (1 + Math.Exp(-Score(cues, model.Calibration)));

    internal static void Fill(Span<float> cues, FaqQuery query, Ranking ranking, int rank, ReadOnlySpan<float> signals)
    {
        var score = ranking.Best[rank].Score;
        var other = ranking.Best.Length == 1 ? 0 : ranking.Best[rank == 0 ? 1 : 0].Score;
        cues[(int)Cue.One] = 1;
        cues[(int)Cue.Score] = score;
        cues[(int)Cue.Share] = ranking.Share(score);
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
        cues[(int)Cue.Topic] = signals[(int)Signal.Topic];
        cues[(int)Cue.Elsewhere] = query.Topic.Elsewhere;
        cues[(int)Cue.TopicShare] = query.Topic.Strongest;
        cues[(int)Cue.TopicMargin] = query.Topic.Margin;
        cues[(int)Cue.Strange] = query.StrangeShare;
        cues[(int)Cue.Exact] = MathF.Max(0, (signals[(int)Signal.QuestionCosine] - AlmostExact) / (1 - AlmostExact));
    }

    internal static float Score(ReadOnlySpan<float> signals, float[] weights)
    {
        float score = 0;
        for (var i = 0; i < signals.Length; i++) score += signals[i] * weights[i];
        return score;
    }
}

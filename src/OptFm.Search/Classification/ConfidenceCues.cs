namespace OptFm.Search.Classification;

/// <summary>What tells a right answer from a wrong one, before calibration.</summary>
internal static class ConfidenceCues
{
    /// <summary>How far a lead of one in score turns the softmax: e to this power.</summary>
    private const float Sharpness = 4;

    /// <param name="mixed">By label what ranks it.</param>
    /// <param name="best">The label ranked first.</param>
    public static float[] Of(Observation seen, float[] mixed, int best)
    {
        var second = Second(mixed, best);
        var nearest = Index(seen.Similarities);
        var margin = Index(seen.Margins);
        var text = seen.Text;
        return
        [
            1,
            mixed[best],
            mixed[best] - second,
            Share(mixed, best),
            seen.Margins[best],
            seen.Similarities[best],
            seen.Similarities[nearest] - Second(seen.Similarities, nearest),
            nearest == margin ? 1 : 0,
            text.KnownWords,
            text.KnownGrams,
            MathF.Log(1 + text.Words),
            text.Words <= 2 ? 1 : 0,
            seen.NoAnswerMargin,
            seen.NoAnswerMargin - seen.Margins[margin],
            seen.NoAnswerSimilarity,
            seen.NoAnswerSimilarity - seen.Similarities[nearest],
        ];
    }

    public static int Index(float[] scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best]) best = i;
        return best;
    }

    private static float Second(float[] scores, int best)
    {
        var second = float.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
            if (i != best && scores[i] > second) second = scores[i];
        return scores.Length > 1 ? second : scores[best] - 1;
    }

    private static float Share(float[] scores, int best)
    {
        float sum = 0;
        foreach (var score in scores) sum += MathF.Exp(Sharpness * (score - scores[best]));
        return 1 / sum;
    }
}

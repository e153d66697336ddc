namespace OptFm.Search.Classification;

/// <summary>What was seen of one text.</summary>
/// <param name="Margins">By label the classifier's score.</param>
/// <param name="Similarities">By label the cosine of its nearest example.</param>
internal sealed record Observation(float[] Margins, float[] Similarities, FeatureVector Text)
{
    /// <summary>How far the text is on the side of those without an answer.</summary>
    public float NoAnswerMargin { get; init; }

    /// <summary>The cosine of the nearest text without an answer, 0 to 1.</summary>
    public float NoAnswerSimilarity { get; init; }

    /// <summary>By label what ranks it.</summary>
    /// <param name="mix">How much similarity counts against margin.</param>
    public float[] Mixed(float mix)
    {
        var mixed = new float[Margins.Length];
        for (var i = 0; i < mixed.Length; i++) mixed[i] = Margins[i] + (mix * Similarities[i]);
        return mixed;
    }
}

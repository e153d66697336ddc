namespace OptFm.Search.Faq;

/// <summary>The numbers of the matcher: how much each signal ranks, and how the first candidate's cues become a probability.</summary>
/// <param name="Rank">By <see cref="Signal"/>: a conditional logit over entries.</param>
/// <param name="Calibration">By <see cref="Cue"/>: Platt scaling with more than one input, https://en.wikipedia.org/wiki/Platt_scaling.</param>
internal sealed record FaqModel(float[] Rank, float[] Calibration)
{
    /// <summary>Lowest confidence that answers: a wrong answer costs twice what a missed one does, so two in three must be right.</summary>
    public double AnswerAt { get; init; } = 0.66;

    /// <summary>Lowest confidence of the first candidate that offers suggestions.</summary>
    public double SuggestAt { get; init; } = 0.2;

    /// <summary>Simple priors, used until a trained model replaces them.</summary>
    public static FaqModel Prior { get; } = new(
        [3, 3, 1, 2, 2, 1, 3, 1, 1.5f, 3, 2, 0.5f, 2, 2, 2],
        [-6.5f, 0.25f, 2.5f, 0.15f, 3, -2.5f, 3, 2, 0, -1, 0, 0, 0, -2, 1, -3, 0, 0, 0, 2]);
}

namespace OptFm.Search.Classification.Training;

/// <summary>A text as those saw it who did not learn from it.</summary>
/// <param name="Target">Number of the right label among those that were asked; -1 when they do not have it.</param>
internal sealed record HeldOutText(Observation Seen, int Target);

namespace OptFm.Search.Faq.Training;

/// <summary>A message with known answer, as a matcher that never saw it read it.</summary>
/// <param name="Parts">The message as a whole, then its sentences.</param>
/// <param name="HasAnswer">Whether any entry does.</param>
/// <param name="IsRight">Whether the entry of this number answers the message.</param>
internal sealed record FaqSample(IReadOnlyList<FaqObservation> Parts, Func<int, bool> IsRight, bool HasAnswer, float Weight);

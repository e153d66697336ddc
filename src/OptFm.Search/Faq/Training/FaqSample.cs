namespace OptFm.Search.Faq.Training;

/// <summary>Where a sample comes from.</summary>
internal enum SampleKind
{
    /// <summary>A customer's message to the FAQ.</summary>
    Own,

    /// <summary>An entry's own question: word for word is no coincidence.</summary>
    Question,

    /// <summary>A message to an FAQ that lacks its entry.</summary>
    LeftOut,
}

/// <summary>A message with known answer, as a matcher that never saw it read it.</summary>
/// <param name="Parts">The message as a whole, then its sentences.</param>
/// <param name="IsRight">Whether the entry of this number answers the message.</param>
/// <param name="HasAnswer">Whether any entry does.</param>
internal sealed record FaqSample(IReadOnlyList<FaqObservation> Parts, Func<int, bool> IsRight, bool HasAnswer, SampleKind Kind)
{
    /// <summary>How much it counts: made-up circumstances less than real ones.</summary>
    public float Weight => Kind switch
    {
        SampleKind.Own => 1,
        SampleKind.Question => 0.5f,
        _ => 0.15f,
    };
}

namespace OptFm.Search.Faq;

/// <summary>What a question shows before any model weighs it: for training.</summary>
/// <param name="Entries">Entries with evidence, with their signals.</param>
internal sealed record FaqObservation(FaqQuery Query, IReadOnlyList<(int Entry, float[] Signals)> Entries);

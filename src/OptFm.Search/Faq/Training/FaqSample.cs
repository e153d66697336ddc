namespace OptFm.Search.Faq.Training;

/// <summary>A question with known answer, as an index that never saw it read it.</summary>
/// <param name="Entries">Entries with evidence, with their signals.</param>
/// <param name="Target">Position of the right entry in <paramref name="Entries"/>; -1 when it is not there, -2 when there is no answer.</param>
internal sealed record FaqSample(FaqQuery Query, IReadOnlyList<(int Entry, float[] Signals)> Entries, int Target, float Weight)
{
    public const int NotFound = -1;
    public const int NoAnswer = -2;
}

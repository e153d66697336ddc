namespace OptFm.Search.Faq.Training;

/// <summary>What training found.</summary>
/// <param name="Weights">As <c>Faq/model.txt</c> holds them.</param>
/// <param name="Topics">As <c>Topics/topics.bin</c> holds them.</param>
public sealed record FaqTraining(string Weights, byte[] Topics);

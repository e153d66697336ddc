using System.Globalization;

namespace OptFm.Search.Faq.Training;

/// <summary>What training found.</summary>
/// <param name="Weights">As <c>Faq/model.txt</c> holds them.</param>
/// <param name="Topics">As <c>Topics/topics.bin</c> holds them.</param>
/// <param name="HeldOut">How messages were answered whose authors, or topics, the topic model had not read; by circumstance.</param>
public sealed record FaqTraining(string Weights, byte[] Topics, IReadOnlyDictionary<string, HeldOutFigures> HeldOut);

/// <summary>Per cent of the answerable messages ranked first, answered rightly and wrongly, and of the others answered in vain.</summary>
public sealed record HeldOutFigures(double First, double Right, double Wrong, double InVain)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"first {First:0.0}, right {Right:0.0}, wrong {Wrong:0.0}, false {InVain:0.0}");
}

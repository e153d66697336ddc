using System.Globalization;

namespace OptFm.Search.Faq.Training;

/// <summary>What training found.</summary>
/// <param name="Weights">As <c>Faq/model.txt</c> holds them.</param>
/// <param name="Topics">As <c>Topics/topics.bin</c> holds them.</param>
/// <param name="Sparse">How messages by authors the topic model had not read were answered from entries without phrasings.</param>
/// <param name="Dense">The same from entries with them.</param>
public sealed record FaqTraining(string Weights, byte[] Topics, HeldOutFigures Sparse, HeldOutFigures Dense);

/// <summary>Per cent of the answerable messages ranked first, answered rightly and wrongly, and of the others answered in vain.</summary>
public sealed record HeldOutFigures(double First, double Right, double Wrong, double InVain)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"first {First:0.0}, right {Right:0.0}, wrong {Wrong:0.0}, false {InVain:0.0}");
}

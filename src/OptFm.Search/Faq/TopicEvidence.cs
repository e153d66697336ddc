using System.Runtime.InteropServices;
using OptFm.Search.Classification;
using OptFm.Search.Text;
using OptFm.Search.Topics;

namespace OptFm.Search.Faq;

/// <summary>What a question is about.</summary>
/// <param name="Elsewhere">Share of topics that no entry covers, 0 to 1.</param>
/// <param name="Strongest">Share of the most likely topic, 0 to 1.</param>
/// <param name="Margin">Of the most likely topic; below zero where none is recognised.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TopicReading(float Elsewhere, float Strongest, float Margin);

/// <summary>What speaks for entries by the topic of one query at a time.</summary>
internal sealed class TopicEvidence(TopicModel topics, EntryTopics entries)
{
    /// <summary>Shares below a hundredth are as good as none: the scale of <see cref="Signal.Topic"/>.</summary>
    private const float Steps = 100;
    private static readonly float Scale = 1 / MathF.Log(1 + Steps);
    private readonly float[] _shares = new float[topics.Topics.Count];
    private readonly float[] _byEntry = new float[entries.EntryCount];
    private readonly List<string> _words = [];
    private readonly FeatureReader _reader = topics.NewReader();

    /// <summary>The model that reads the topics.</summary>
    public TopicModel Model => topics;

    /// <summary>By entry its share of the question's topics, 0 to 1.</summary>
    public ReadOnlySpan<float> ByEntry => _byEntry;

    public TopicReading Read(IReadOnlyList<Word> words)
    {
        _words.Clear();
        foreach (var word in words) _words.Add(word.Text);
        var margin = topics.Read(_words, _reader, _shares);
        entries.Spread(_shares, _byEntry);
        var (covered, strongest) = (0f, 0f);
        foreach (var share in _byEntry) covered += share;
        foreach (var share in _shares) strongest = MathF.Max(strongest, share);
        return new(MathF.Max(0, 1 - covered), strongest, margin);
    }

    /// <summary>The share on a logarithmic scale, 0 to 1: between a tenth and a hundredth lies as much as between all and a tenth.</summary>
    public float Signal(int entry) => MathF.Log(1 + (Steps * _byEntry[entry])) * Scale;
}

using System.Buffers;
using OptFm.Search.Index;

namespace OptFm.Search.Classification;

/// <summary>How near a text comes to the nearest example of each label: cosines over an inverted index.</summary>
internal sealed class NearestTexts
{
    /// <summary>A feature of more of the examples than this costs the most and tells the least.</summary>
    private const float TooCommon = 0.3f;

    private const int Few = 100;
    private readonly Postings _postings;
    private readonly int[] _labels;
    private readonly int _tooCommon;

    public NearestTexts(LabelledVectors texts, FeatureSpace space)
    {
        var builder = new PostingsBuilder();
        for (var text = 0; text < texts.Vectors.Count; text++)
        {
            var vector = texts.Vectors[text];
            for (var i = 0; i < vector.Features.Length; i++) builder.Add(vector.Features[i], text, vector.Weights[i]);
        }

        _postings = builder.Build(space.Count, static (first, _) => first);
        _labels = [.. texts.Numbers];
        _tooCommon = Math.Max(Few, (int)(TooCommon * _labels.Length));
    }

    /// <param name="similarities">By label; set to the cosine of its nearest example, 0 to 1.</param>
    public void Score(FeatureVector text, Span<float> similarities)
    {
        var rented = ArrayPool<float>.Shared.Rent(_labels.Length);
        var cosines = rented.AsSpan(0, _labels.Length);
        cosines.Clear();
        Fill(text, cosines);
        similarities.Clear();
        for (var i = 0; i < cosines.Length; i++)
            if (cosines[i] > similarities[_labels[i]]) similarities[_labels[i]] = cosines[i];
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Fill(FeatureVector text, Span<float> cosines)
    {
        for (var i = 0; i < text.Features.Length; i++)
        {
            var list = _postings.Of(text.Features[i]);
            if (list.Texts.Length > _tooCommon) continue;
            var weight = text.Weights[i];
            for (var at = 0; at < list.Texts.Length; at++) cosines[list.Texts[at]] += weight * list.Weights[at];
        }
    }
}

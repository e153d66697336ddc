using OptFm.Search.Index;

namespace OptFm.Search.Classification;

/// <summary>
/// The features of a set of texts with their inverse document frequencies; turns texts into vectors. Immutable.
/// Term frequency is sublinear (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.4.1).
/// </summary>
internal sealed class FeatureSpace
{
    private readonly GramNumbers _numbers;
    private readonly float[] _idf;
    private readonly float _unknownIdf;
    private readonly GroupWeights _weights;

    public FeatureSpace(uint[] codes, float[] idf, float unknownIdf, GroupWeights weights)
    {
        (Codes, _idf, _unknownIdf, _weights) = (codes, idf, unknownIdf, weights);
        _numbers = new GramNumbers(codes.Length);
        foreach (var code in codes) _numbers.Add(Key(code));
    }

    public int Count => Codes.Count;

    /// <summary>By number of feature.</summary>
    public IReadOnlyList<uint> Codes { get; }

    public IReadOnlyList<float> Idf => _idf;

    public float UnknownIdf => _unknownIdf;

    public GroupWeights Weights => _weights;

    public static FeatureSpace Of(IEnumerable<IReadOnlyList<string>> texts, GroupWeights weights)
    {
        var frequencies = new Dictionary<uint, int>();
        var reader = new FeatureReader(weights);
        var count = 0;
        foreach (var text in texts)
        {
            count++;
            var last = uint.MaxValue;
            foreach (var code in reader.Read(text))
            {
                if (code != last) frequencies[code] = frequencies.GetValueOrDefault(code) + 1;
                last = code;
            }
        }

        var idf = frequencies.Values.Select(frequency => SmoothIdf(count, frequency)).ToArray();
        return new FeatureSpace([.. frequencies.Keys], idf, SmoothIdf(count, 0), weights);
    }

    public bool Has(uint code) => _numbers.Find(Key(code)) >= 0;

    public FeatureVector Read(string text) => Read(FeatureReader.Words(text));

    public FeatureVector Read(IReadOnlyList<string> words) => Read(words, new FeatureReader(_weights));

    /// <param name="reader">Of these <see cref="Weights"/>; one may read many texts, one after the other.</param>
    public FeatureVector Read(IReadOnlyList<string> words, FeatureReader reader)
    {
        var codes = reader.Read(words);
        var (features, weights) = (new int[codes.Length], new float[codes.Length]);
        Span<float> scales = stackalloc float[GroupWeights.Count];
        scales.Clear();
        var (known, all, knownWords, kept) = (0f, 0f, 0, 0);
        for (var i = 0; i < codes.Length;)
        {
            var end = i + 1;
            while (end < codes.Length && codes[end] == codes[i]) end++;
            var number = _numbers.Find(Key(codes[i]));
            var weight = (1 + MathF.Log(end - i)) * (number < 0 ? _unknownIdf : _idf[number]);
            var group = FeatureReader.Group(codes[i]);
            all += weight * weight;
            if (number >= 0)
            {
                known += weight * weight;
                scales[(int)group] += weight * weight;
                if (group == FeatureGroup.Words) knownWords += end - i;
                (features[kept], weights[kept]) = (number, weight);
                kept++;
            }

            i = end;
        }

        _weights.Normalise(scales);
        for (var i = 0; i < kept; i++) weights[i] *= scales[(int)FeatureReader.Group(Codes[features[i]])];
        return new FeatureVector(features[..kept], weights[..kept], words.Count, Share(knownWords, words.Count), Share(known, all));
    }

    private static float Share(float part, float whole) => whole > 0 ? part / whole : 0;

    /// <summary>As if one more text had every feature, and never zero: a feature of all texts still counts a little.</summary>
    private static float SmoothIdf(int texts, int frequency) => 1 + MathF.Log((1f + texts) / (1 + frequency));

    private static ulong Key(uint code) => code + 1UL;
}

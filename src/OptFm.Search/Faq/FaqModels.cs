using System.Globalization;

namespace OptFm.Search.Faq;

/// <summary>Two fitted models: for entries without phrasings and for entries with many; what lies between is blended.</summary>
public sealed record FaqModels(FaqModel Sparse, FaqModel Dense)
{
    /// <summary>Phrasings per entry from which the dense model counts alone.</summary>
    private const double Many = 10;

    /// <summary>The models shipped with the library, <c>Faq/model.txt</c>, written by <c>optfm train faq</c>.</summary>
    public static FaqModels Trained() => Parse(Shipped.Read("model.txt"));

    public FaqModel For(IReadOnlyList<FaqEntry> entries)
    {
        var perEntry = entries.Count == 0 ? 0 : entries.Average(entry => entry.Phrasings.Count);
        var dense = (float)Math.Min(1, perEntry / Many);
        return new FaqModel(Blend(Sparse.Rank, Dense.Rank, dense), Blend(Sparse.Calibration, Dense.Calibration, dense));
    }

    /// <summary>One line per weight: <c>sparse rank QuestionCosine 3.1</c>.</summary>
    public string Write() => string.Concat(Write("sparse", Sparse).Concat(Write("dense", Dense)));

    /// <exception cref="FormatException">A weight is missing or not a number.</exception>
    public static FaqModels Parse(string text)
    {
        var weights = new Dictionary<string, float>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var value = line.LastIndexOf(' ');
            if (value < 0) throw new FormatException($"model: \"{line}\"");
            weights[line[..value]] = float.Parse(line.AsSpan(value + 1), CultureInfo.InvariantCulture);
        }

        return new FaqModels(Read("sparse", weights), Read("dense", weights));
    }

    private static IEnumerable<string> Write(string name, FaqModel model) =>
        Write<Signal>($"{name} rank", model.Rank).Concat(Write<Cue>($"{name} calibration", model.Calibration));

    private static IEnumerable<string> Write<T>(string prefix, IReadOnlyList<float> weights)
        where T : struct, Enum =>
        Enum.GetNames<T>().Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{prefix} {name} {weights[i]:0.###}\n"));

    private static FaqModel Read(string name, Dictionary<string, float> weights) =>
        new(Read<Signal>($"{name} rank", weights), Read<Cue>($"{name} calibration", weights));

    private static List<float> Read<T>(string prefix, Dictionary<string, float> weights)
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => weights.TryGetValue($"{prefix} {name}", out var weight)
            ? weight
            : throw new FormatException($"model: {prefix} {name} is missing"))];

    private static List<float> Blend(IReadOnlyList<float> sparse, IReadOnlyList<float> dense, float share) =>
        [.. sparse.Zip(dense, (a, b) => a + (share * (b - a)))];
}

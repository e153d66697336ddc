using System.Globalization;

namespace OptFm.Search.Faq;

/// <summary>
/// Four fitted models: for entries without phrasings and for entries with many, on topics the topic model knows and on foreign ones. What
/// lies between is blended.
/// </summary>
internal sealed record FaqModels(FaqModel Sparse, FaqModel Dense, FaqModel ForeignSparse, FaqModel ForeignDense)
{
    /// <summary>Phrasings per entry from which the dense model counts alone.</summary>
    private const double Many = 10;

    /// <summary>The models shipped with the library, <c>Faq/model.txt</c>, written by <c>optfm train faq</c>.</summary>
    public static FaqModels Trained() => Parse(Shipped.Read("model.txt"));

    /// <param name="unfamiliar">How little the topic model knows of what the entries are about, 0 to 1.</param>
    public FaqModel For(IReadOnlyList<FaqEntry> entries, float unfamiliar)
    {
        var perEntry = entries.Count == 0 ? 0 : entries.Average(entry => entry.Phrasings.Count);
        var dense = (float)Math.Min(1, perEntry / Many);
        return Blend(Blend(Sparse, Dense, dense), Blend(ForeignSparse, ForeignDense, dense), unfamiliar);
    }

    /// <summary>One line per weight: <c>sparse rank QuestionCosine 3.1</c>.</summary>
    public string Write() => string.Concat(
        [.. Write("sparse", Sparse), .. Write("dense", Dense), .. Write("foreign sparse", ForeignSparse), .. Write("foreign dense", ForeignDense)]);

    /// <exception cref="FormatException">A weight is missing or not a number.</exception>
    public static FaqModels Parse(string text)
    {
        var weights = new Dictionary<string, string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var value = line.LastIndexOf(' ');
            if (value < 0) throw new FormatException($"model: \"{line}\"");
            weights[line[..value]] = line[(value + 1)..];
        }

        return new FaqModels(
            Read("sparse", weights), Read("dense", weights), Read("foreign sparse", weights), Read("foreign dense", weights));
    }

    private static IEnumerable<string> Write(string name, FaqModel model) =>
        Write<Signal>($"{name} rank", model.Rank).Concat(Write<Cue>($"{name} calibration", model.Calibration));

    private static IEnumerable<string> Write<T>(string prefix, float[] weights)
        where T : struct, Enum =>
        Enum.GetNames<T>().Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{prefix} {name} {weights[i]:0.###}\n"));

    private static FaqModel Read(string name, Dictionary<string, string> weights) =>
        new(Read<Signal>($"{name} rank", weights), Read<Cue>($"{name} calibration", weights));

    private static float[] Read<T>(string prefix, Dictionary<string, string> weights)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        var read = new float[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (!weights.TryGetValue($"{prefix} {names[i]}", out var weight)) throw new FormatException($"model: {prefix} {names[i]} is missing");
            read[i] = float.Parse(weight, CultureInfo.InvariantCulture);
        }

        return read;
    }

    private static FaqModel Blend(FaqModel a, FaqModel b, float share) => new(Blend(a.Rank, b.Rank, share), Blend(a.Calibration, b.Calibration, share));

    private static float[] Blend(float[] a, float[] b, float share)
    {
        var blend = new float[a.Length];
        for (var i = 0; i < blend.Length; i++) blend[i] = a[i] + (share * (b[i] - a[i]));
        return blend;
    }
}

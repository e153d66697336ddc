namespace OptFm.Search.Text.English;

/// <summary>Words the rules would cut wrongly, as published with the algorithm.</summary>
internal static class Irregular
{
    private static readonly Dictionary<string, string> Stems = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie",
        ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl",
        ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe",
        ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    public static string? Stem(string word) => Stems.GetValueOrDefault(word);

    /// <summary>Words that stay as they are once their plural is cut.</summary>
    public static bool IsWhole(string word) =>
        word is "inning" or "outing" or "canning" or "herring" or "earring" or "proceed" or "exceed" or "succeed";
}

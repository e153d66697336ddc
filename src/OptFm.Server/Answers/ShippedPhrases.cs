using System.Collections.Frozen;
using System.Text.Json;

namespace OptFm.Server.Answers;

/// <summary>The phrases this version came with, for those that a shop's file lacks.</summary>
internal static class ShippedPhrases
{
    private static readonly Lazy<FrozenDictionary<string, string>> Texts = new(Read);

    public static string Text(Phrase phrase) => Texts.Value[phrase.Key];

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(ShippedPhrases).Assembly.GetManifestResourceStream("phrases.ru.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

using System.Collections.Frozen;

namespace OptFm.Search.Products;

/// <summary>
/// Words by which phone makers part sister models: whoever asks for "iPhone 11" does not mean the Pro. Whoever does not say one
/// does not want one, and whoever says one must get it.
/// </summary>
internal static class VariantWords
{
    public static readonly FrozenSet<string> All = FrozenSet.Create(
        "pro", "max", "plus", "lite", "mini", "ultra", "note", "prime", "fe", "se", "neo", "air", "edge", "zoom", "play", "go", "core", "power",
        "turbo", "tab", "fold", "flip", "star", "duos", "premium", "compact", "speed", "racing", "youth", "view", "enjoy");
}

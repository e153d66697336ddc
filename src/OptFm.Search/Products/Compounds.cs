namespace OptFm.Search.Products;

/// <summary>
/// What a compound noun is a kind of: "автодержатель" is a "держатель", "видеокамера" a "камера". The second part of a Russian compound is
/// its head; the first is one of a closed list of truncated words (Земская, Современный русский язык. Словообразование, 1973).
/// </summary>
internal static class Compounds
{
    private const int ShortestHead = 5;
    private static readonly string[] Firsts = ["авто", "вело", "мото", "радио", "видео", "фото", "аудио", "теле", "электро", "микро", "мини", "моно", "кино", "аэро", "термо"];

    /// <returns>The head's stem, or null.</returns>
    public static string? Second(string stem)
    {
        foreach (var first in Firsts)
            if (stem.Length - first.Length >= ShortestHead && stem.StartsWith(first, StringComparison.Ordinal)) return stem[first.Length..];
        return null;
    }
}

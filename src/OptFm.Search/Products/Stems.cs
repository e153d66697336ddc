using OptFm.Search.Text.Russian;

namespace OptFm.Search.Products;

/// <summary>
/// Stems that another form of the same word has: "разъемом" has "разъем", but "разъем" itself looks inflected and has "разъ"; "стекол" lost
/// the fleeting vowel of "стекло" (https://en.wikipedia.org/wiki/Fleeting_vowel).
/// </summary>
internal static class Stems
{
    private const int Shortest = 4;

    public static IEnumerable<string> Others(string stem)
    {
        if (stem.Length < Shortest) yield break;
        if (RussianStemmer.Stem(stem) is var again && again != stem) yield return again;
        if (stem[^2] is 'о' or 'е' && !IsVowel(stem[^1]) && !IsVowel(stem[^3])) yield return $"{stem[..^2]}{stem[^1]}";
    }

    private static bool IsVowel(char c) => "аеиоуыэюя".Contains(c);
}

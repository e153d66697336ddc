using OptFm.Search.Products;

namespace OptFm.Server.Products;

/// <summary>
/// Brands as a list's own names tell them: Latin words in capitals ("REMAX"), and those that goods fit ("совместим с Samsung").
/// </summary>
internal static class BrandNames
{
    private const int Least = 8;
    private const int Most = 30;
    private const int ShortestCapitals = 5;

    public static IReadOnlyList<string> Of(IReadOnlyList<Product> products) =>
        [.. products.SelectMany(product => In(product.Name).Distinct(StringComparer.OrdinalIgnoreCase)).GroupBy(brand => brand, StringComparer.OrdinalIgnoreCase)
            .Where(brand => brand.Count() >= Math.Min(Least, 1 + (products.Count / 50))).OrderByDescending(brand => brand.Count())
            .ThenBy(brand => brand.Key, StringComparer.Ordinal).Take(Most).Select(brand => brand.Key)];

    private static IEnumerable<string> In(string name)
    {
        var words = name.Split([' ', '/', '(', ')', '[', ']', ',', '+', '"'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (!word.All(char.IsAsciiLetter) || word.Length < 3) continue;
            var isFitted = i > 1 && words[i - 1] is "с" && words[i - 2].StartsWith("совмест", StringComparison.Ordinal);
            if (isFitted || (word.Length >= ShortestCapitals && word.All(char.IsAsciiLetterUpper))) yield return word;
        }
    }
}

using System.Globalization;

namespace OptFm.Search.Products;

/// <summary>Says in plain words why a search went as it did.</summary>
internal static class ProductReasons
{
    private const int MostProducts = 3;

    public static IReadOnlyList<string> Of(ProductQuery query, ProductRanking ranking, ProductIndex index, ProductModel model)
    {
        var reasons = new List<string>(query.Wishes.Length + 6);
        if (query.Price is { } price) reasons.Add($"price from {price.From?.ToString(CultureInfo.InvariantCulture) ?? "-"} to {price.To?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
        foreach (var wish in query.Wishes) reasons.Add(Describe(wish, index));
        if (ranking.Ranked.Count == 0) return reasons;
        reasons.Add(string.Create(CultureInfo.InvariantCulture, $"confidence {model.Confidence(ProductCues.Of(query, ranking)):0.000}"));
        foreach (var ranked in ranking.Ranked.Take(MostProducts))
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{ranked.Score:0.000} apart {ranked.Fit.Apart} unasked {ranked.Fit.Unasked} {index.Products[ranked.Product].Name}"));
        return reasons;
    }

    private static string Describe(Wish wish, ProductIndex index)
    {
        var meanings = wish.Meanings.Take(4).Select(meaning => index.Terms.FirstOrDefault(term => term.Value == meaning.Term).Key
            + string.Create(CultureInfo.InvariantCulture, $" {meaning.Quality:0.00}"));
        var soft = wish.IsSoft ? ", soft" : "";
        return string.Create(CultureInfo.InvariantCulture, $"\"{wish.Typed}\" {wish.Kind}, weight {wish.Weight:0.0}, {wish.Repair}{soft}: {string.Join(", ", meanings)}");
    }
}

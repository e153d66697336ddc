using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Chooses what to narrow a search by: the attribute whose values split the products found most evenly, by entropy.</summary>
internal static class Facets
{
    private const int MostValues = 6;
    private const int MostProducts = 300;

    /// <summary>An attribute that fewer of the products have says little about the rest.</summary>
    private const double LeastShare = 0.6;

    public static Facet? Of(IEnumerable<int> products, ProductQuery query, ProductIndex index)
    {
        var found = products.Take(MostProducts).ToList();
        var asked = query.Wishes.Select(wish => wish.Typed).ToHashSet();
        Facet? best = null;
        var most = 0.0;
        foreach (var kind in Enum.GetValues<FacetKind>())
        {
            var values = found.Select(product => Value(kind, product, index)).OfType<string>().GroupBy(value => value).Where(group => !asked.Contains(group.Key)).ToList();
            var count = values.Sum(group => group.Count());
            if (values.Count < 2 || count < LeastShare * found.Count) continue;
            var entropy = -values.Sum(group => (double)group.Count() / count * Math.Log((double)group.Count() / count));
            if (entropy <= most) continue;
            (best, most) = (Facet(kind, values), entropy);
        }

        return best;
    }

    private static Facet Facet(FacetKind kind, List<IGrouping<string, string>> values) => new(kind,
        [.. values.OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostValues)
            .Select(group => new FacetValue(group.Key, group.Key, group.Count()))]);

    private static string? Value(FacetKind kind, int product, ProductIndex index) => kind switch
    {
        FacetKind.Model => Model(index.Products[product].Name),
        FacetKind.Colour => index.Colours[product],
        _ => index.Products[product].Leaf is { Length: > 0 } leaf ? leaf : null,
    };

    /// <summary>The first model a part or a case fits: what follows "совместим с" up to a slash or a bracket, at most five words.</summary>
    private static string? Model(string name)
    {
        var start = name.IndexOf("совместим с ", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        var words = name[(start + 12)..].Split(['/', '(', '[', '+', ',', '"'], 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var model = words.TakeWhile(word => !Scripts.AnyCyrillic(word.ToLowerInvariant())).Take(5).ToList();
        return model.Count == 0 ? null : string.Join(' ', model);
    }
}

namespace OptFm.Search.Products;

/// <summary>What to do with a search.</summary>
public enum ProductDecision
{
    /// <summary>The list has nothing like it; the nearest categories may help.</summary>
    Nothing,

    /// <summary>Offer what is nearest and say what was relaxed.</summary>
    Suggest,

    /// <summary>The products are what was asked for.</summary>
    Answer,
}

/// <summary>A product found.</summary>
/// <param name="Score">Comparable within one match only.</param>
/// <param name="Missing">Wishes it does not satisfy, as they were typed.</param>
public sealed record ProductHit(Product Product, float Score, IReadOnlyList<string> Missing);

/// <summary>One way to narrow a search.</summary>
/// <param name="Label">For a button: a model, a colour or a category.</param>
/// <param name="Words">What to add to the query.</param>
/// <param name="Count">How many of the products found have it.</param>
public sealed record FacetValue(string Label, string Words, int Count);

/// <summary>The attribute that splits the products found best.</summary>
/// <param name="Values">Most frequent first.</param>
public sealed record Facet(FacetKind Kind, IReadOnlyList<FacetValue> Values);

/// <summary>Attributes a search can be narrowed by.</summary>
public enum FacetKind
{
    Model,
    Colour,
    Category,
}

/// <summary>What a price list has to offer for a search.</summary>
/// <param name="Confidence">Estimated probability that the first product is what was asked for, 0 to 1.</param>
/// <param name="Hits">Best first, at most <see cref="ProductSearch.MaxHits"/>.</param>
/// <param name="Total">How many products satisfy as much as the first; no smaller than the number of such hits.</param>
/// <param name="Required">What was asked for, as it was understood.</param>
/// <param name="Relaxed">Which of it the first product does not satisfy.</param>
public sealed record ProductMatch(
    ProductDecision Decision,
    double Confidence,
    IReadOnlyList<ProductHit> Hits,
    int Total,
    IReadOnlyList<string> Required,
    IReadOnlyList<string> Relaxed)
{
    private readonly Lazy<Facet?>? _facet;
    private readonly Lazy<IReadOnlyList<string>>? _categories;

    internal ProductMatch(
        ProductDecision decision, double confidence, IReadOnlyList<ProductHit> hits, int total, IReadOnlyList<string> required,
        Func<Facet?> facet, Func<IReadOnlyList<string>> categories)
        : this(decision, confidence, hits, total, required, hits[0].Missing) => (_facet, _categories) = (new(facet), new(categories));

    public static ProductMatch Nothing { get; } = new(ProductDecision.Nothing, 0, [], 0, [], []);

    /// <summary>Several searches of one message, a hit of each in turn.</summary>
    internal static ProductMatch Joined(IReadOnlyList<ProductMatch> matches)
    {
        if (matches.Count == 1) return matches[0];
        var hits = Enumerable.Range(0, ProductSearch.MaxHits)
            .SelectMany(rank => matches.Where(match => rank < match.Hits.Count).Select(match => match.Hits[rank])).DistinctBy(hit => hit.Product.Code).Take(ProductSearch.MaxHits);
        return new(ProductDecision.Answer, matches.Min(match => match.Confidence), [.. hits], matches.Sum(match => match.Total), [.. matches.SelectMany(match => match.Required)], []);
    }

    /// <summary>The attribute to narrow by; null where there is nothing to narrow. Worked out when first asked for.</summary>
    public Facet? Facet => _facet?.Value;

    /// <summary>The nearest leaf categories, best first, at most five. Worked out when first asked for.</summary>
    public IReadOnlyList<string> Categories => _categories?.Value ?? [];

    /// <summary>The price limits read from the query.</summary>
    public PriceRange? Price { get; init; }

    /// <summary>Whether a code was asked for.</summary>
    public bool ByCode { get; init; }
}

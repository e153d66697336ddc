using OptFm.Search.Products;

namespace OptFm.Server.Products;

/// <summary>The price list as it was read once. Immutable, so that one answer never sees two versions.</summary>
public sealed class PriceSnapshot
{
    private readonly Dictionary<string, Product> _byCode;

    private PriceSnapshot(IReadOnlyList<Product> products, PriceReport report)
    {
        Report = report;
        Search = ProductSearch.Build(products);
        Categories = CategoryTree.Of(products);
        Brands = BrandNames.Of(products);
        _byCode = products.ToDictionary(product => product.Code, StringComparer.OrdinalIgnoreCase);
    }

    public PriceReport Report { get; }

    public ProductSearch Search { get; }

    public CategoryTree Categories { get; }

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<string> Brands { get; }

    public static PriceSnapshot Build(IReadOnlyList<Product> products, PriceReport report) => new(products, report);

    public Product? Find(string code) => _byCode.GetValueOrDefault(code);
}

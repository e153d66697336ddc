using System.Security.Cryptography;
using System.Text;
using OptFm.Search.Products;

namespace OptFm.Server.Products;

/// <summary>A category with what lies in it.</summary>
/// <param name="Key">Of its whole path, for buttons: a button of an older list opens the same category or none.</param>
public sealed record PriceCategory(string Key, string Name, PriceCategory? Parent)
{
    public List<PriceCategory> Children { get; } = [];

    public List<Product> Products { get; } = [];

    /// <summary>Products here and below.</summary>
    public int Count => Products.Count + Children.Sum(child => child.Count);
}

/// <summary>The list's categories. Roots with a single subcategory and no goods of their own are skipped: they say nothing.</summary>
public sealed class CategoryTree
{
    private const int KeyBytes = 6;
    private readonly Dictionary<string, PriceCategory> _byKey = [];
    private readonly PriceCategory? _shop;

    private CategoryTree(IReadOnlyList<Product> products)
    {
        var root = new PriceCategory("", "", null);
        foreach (var product in products) Place(root, product);
        Roots = root.Children;
        // "F-MOBAIL" and a stray group of two: the one root with nearly everything in it is the shop's own name.
        _shop = Roots.FirstOrDefault(only => only.Count > products.Count * 0.9 && only.Children.Count > 1);
        if (_shop is not null) Roots = [.. _shop.Children, .. Roots.Where(other => other != _shop)];
    }

    public IReadOnlyList<PriceCategory> Roots { get; }

    public static CategoryTree Of(IReadOnlyList<Product> products) => new(products);

    public PriceCategory? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <returns>The category that this one is listed under; null where it is listed at the top.</returns>
    public PriceCategory? Above(PriceCategory category) => category.Parent == _shop ? null : category.Parent;

    /// <summary>The category with this name that holds products, the largest of several.</summary>
    public PriceCategory? Leaf(string name) => _byKey.Values.Where(category => category.Name == name && category.Products.Count > 0).MaxBy(category => category.Products.Count);

    private static string Key(string parent, string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{parent}/{name}")).AsSpan(0, KeyBytes));

    private void Place(PriceCategory root, Product product)
    {
        var at = root;
        foreach (var name in product.Category)
        {
            var child = at.Children.Find(candidate => candidate.Name == name);
            if (child is null)
            {
                var key = Key(at.Key, name);
                child = new PriceCategory(key, name, at == root ? null : at);
                _byKey.TryAdd(key, child);
                at.Children.Add(child);
            }

            at = child;
        }

        at.Products.Add(product);
    }
}

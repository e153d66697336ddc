using OptFm.Search.Products;

namespace OptFm.Server.Products;

/// <summary>A category with what lies in it.</summary>
/// <param name="Number">Position in <see cref="CategoryTree.All"/>, for buttons.</param>
public sealed record PriceCategory(int Number, string Name, PriceCategory? Parent)
{
    public List<PriceCategory> Children { get; } = [];

    public List<Product> Products { get; } = [];

    /// <summary>Products here and below.</summary>
    public int Count => Products.Count + Children.Sum(child => child.Count);
}

/// <summary>The list's categories. Roots with a single subcategory and no goods of their own are skipped: they say nothing.</summary>
public sealed class CategoryTree
{
    private readonly List<PriceCategory> _all = [];

    private CategoryTree(IReadOnlyList<Product> products)
    {
        var root = new PriceCategory(-1, "", null);
        foreach (var product in products) Place(root, product);
        Roots = root.Children;
        // "F-MOBAIL" and a stray group of two: the one root with nearly everything in it is the shop's own name.
        if (Roots.FirstOrDefault(only => only.Count > products.Count * 0.9 && only.Children.Count > 1) is { } shop)
            Roots = [.. shop.Children, .. Roots.Where(other => other != shop)];
    }

    public IReadOnlyList<PriceCategory> Roots { get; }

    public static CategoryTree Of(IReadOnlyList<Product> products) => new(products);

    public PriceCategory? Find(int number) => number >= 0 && number < _all.Count ? _all[number] : null;

    /// <summary>The category with this name that holds products, the largest of several.</summary>
    public PriceCategory? Leaf(string name) => _all.Where(category => category.Name == name && category.Products.Count > 0).MaxBy(category => category.Products.Count);

    private void Place(PriceCategory root, Product product)
    {
        var at = root;
        foreach (var name in product.Category)
        {
            var child = at.Children.Find(candidate => candidate.Name == name);
            if (child is null)
            {
                child = new PriceCategory(_all.Count, name, at.Number < 0 ? null : at);
                _all.Add(child);
                at.Children.Add(child);
            }

            at = child;
        }

        at.Products.Add(product);
    }
}

namespace OptFm.Search.Products;

/// <summary>One row of a price list.</summary>
/// <param name="Code">The shop's own, unique in the list.</param>
/// <param name="Name">As in the row, without outer spaces.</param>
/// <param name="Price">In the list's currency; not negative.</param>
/// <param name="PriceText">The price exactly as in the row.</param>
/// <param name="Category">From the root to the leaf; may be empty.</param>
/// <param name="Row">Number of the row in the file, from 1.</param>
public sealed record Product(string Code, string Name, decimal Price, string PriceText, IReadOnlyList<string> Category, int Row)
{
    /// <summary>Such as "Акция" or "Распродажа -70%"; empty where there is none.</summary>
    public string Status { get; init; } = "";

    /// <summary>The category nearest to the product; empty where there is none.</summary>
    public string Leaf => Category.Count == 0 ? "" : Category[^1];
}

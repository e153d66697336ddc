using OptFm.Search.Products;

namespace OptFm.Server.Products;

/// <summary>What a price list holds, before a search is built of it.</summary>
public sealed record PriceRows(IReadOnlyList<Product> Products, PriceReport Report);

namespace OptFm.Server.Products;

/// <summary>A row that is no product and no group, and why.</summary>
public sealed record UnreadRow(int Row, string English, string Russian);

/// <summary>What was read of a price list.</summary>
/// <param name="Leaves">Categories that hold products themselves.</param>
/// <param name="Note">The footnote above the table, without its asterisk; may be empty.</param>
/// <param name="Heading">What stands above the table with the list's date, such as "Прайс-лист на 25 июня 2025 г."; may be empty.</param>
public sealed record PriceReport(int Products, int Groups, int Leaves, string Heading, string Note, IReadOnlyList<UnreadRow> Unread)
{
    private const int MostTold = 200;

    public IEnumerable<string> Lines(bool russian)
    {
        if (Heading.Length > 0) yield return Heading;
        yield return russian ? $"Товаров: {Products}, групп: {Groups}, категорий с товарами: {Leaves}" : $"Products: {Products}, groups: {Groups}, categories with products: {Leaves}";
        yield return russian ? $"Строк не прочитано: {Unread.Count}" : $"Rows not read: {Unread.Count}";
        foreach (var row in Unread.Take(MostTold)) yield return russian ? $"  строка {row.Row}: {row.Russian}" : $"  row {row.Row}: {row.English}";
        if (Unread.Count > MostTold) yield return russian ? $"  … и ещё {Unread.Count - MostTold}" : $"  … and {Unread.Count - MostTold} more";
    }
}

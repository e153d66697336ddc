using System.Globalization;
using OptFm.Search.Products;
using OptFm.Server.Products.Rows;

namespace OptFm.Server.Products;

/// <summary>
/// Turns rows into products and groups. Where rows have outline levels, a group is a row that deeper rows follow, priced or not; where
/// there are neither levels nor a column of categories, a row with nothing but a name heads those after it.
/// </summary>
internal sealed class PriceReader(List<PriceRow> rows, PriceColumns columns, PriceMapping mapping)
{
    private const int LongestName = 1000;
    private readonly List<Product> _products = [];
    private readonly List<UnreadRow> _unread = [];
    private readonly List<(int Level, string Name)> _groups = [];
    private readonly HashSet<string> _codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _hasLevels = rows.Exists(row => row.Level > 0);
    private readonly Dictionary<string, string[]> _categories = [];
    private string[]? _category;
    private int _groupCount;

    public (IReadOnlyList<Product> Products, PriceReport Report) Read()
    {
        for (var i = columns.First; i < rows.Count; i++)
        {
            if (rows[i].IsEmpty) continue;
            if (IsGroup(i)) OpenGroup(rows[i]);
            else if (ReadProduct(rows[i]) is { } product) _products.Add(product);
        }

        var leaves = _products.Select(product => string.Join('\t', product.Category)).Distinct().Count();
        var groups = columns.Category is null ? _groupCount : leaves;
        return (_products, new PriceReport(_products.Count, groups, leaves, Heading(), Note(), _unread));
    }

    private bool IsGroup(int index)
    {
        var row = rows[index];
        if (_hasLevels) return index + 1 < rows.Count && rows[index + 1].Level > row.Level;
        return columns.Category is null && row.Cell(columns.Name).Length > 0 && row.Cell(columns.Price).Length == 0 && row.Cell(columns.Code).Length == 0;
    }

    private void OpenGroup(PriceRow row)
    {
        _groupCount++;
        _groups.RemoveAll(group => group.Level >= row.Level);
        _groups.Add((row.Level, row.Cell(columns.Name)));
        _category = null;
    }

    private Product? ReadProduct(PriceRow row)
    {
        var name = string.Join(' ', row.Cell(columns.Name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var text = row.Cell(columns.Price);
        if (name.Length == 0) return Refuse(row, "has no name", "нет названия");
        if (name.Length > LongestName) return Refuse(row, $"its name is longer than {LongestName} characters", $"название длиннее {LongestName} знаков");
        if (text.Length == 0) return Refuse(row, "has no price", "нет цены");
        if (Price(text) is not { } price) return Refuse(row, "its price is not a number", "цена не число");
        var code = columns.Code is null ? row.Number.ToString(CultureInfo.InvariantCulture) : row.Cell(columns.Code);
        if (code.Length == 0) return Refuse(row, "has no code", "нет кода");
        if (!_codes.Add(code)) return Refuse(row, "its code was used above", "код уже был выше");
        return new Product(code, name, price, text, Category(row), row.Number) { Status = row.Cell(columns.Status) };
    }

    /// <summary>One array for all products of a category: a long list has few.</summary>
    private string[] Category(PriceRow row)
    {
        if (columns.Category is not { } column)
        {
            if (_hasLevels && _groups.RemoveAll(group => group.Level >= row.Level) > 0) _category = null;
            return _category ??= [.. _groups.Select(group => group.Name)];
        }

        var cell = row.Cell(column);
        if (!_categories.TryGetValue(cell, out var category))
            _categories[cell] = category = cell.Split(mapping.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return category;
    }

    private Product? Refuse(PriceRow row, string english, string russian)
    {
        _unread.Add(new(row.Number, english, russian));
        return null;
    }

    private string Heading() =>
        rows.Take(columns.First).SelectMany(row => row.Cells).FirstOrDefault(cell => cell.Contains("прайс", StringComparison.OrdinalIgnoreCase) && cell.Any(char.IsAsciiDigit))
        ?? rows.Take(columns.First).SelectMany(row => row.Cells).FirstOrDefault(cell => cell.Any(char.IsAsciiDigit) && cell.Contains("20")) ?? "";

    /// <summary>A footnote above the table, such as what the prices of a sale mean.</summary>
    private string Note() => rows.Take(columns.First).SelectMany(row => row.Cells).FirstOrDefault(cell => cell.StartsWith('*'))?.TrimStart('*', ' ') ?? "";

    /// <summary>"1 234,50 ₽" is 1234.5.</summary>
    private static decimal? Price(string text)
    {
        var digits = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is ',' or '.' or '-')).Replace(',', '.').TrimEnd('.');
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price < 1_000_000_000 ? price : null;
    }
}

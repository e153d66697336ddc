using System.Text.Json;
using OptFm.Server.Faq;

namespace OptFm.Server.Products;

/// <summary>Which columns of a list hold what, by title. Read from a JSON file such as <c>{ "name": "Товар", "price": "Опт" }</c>.</summary>
public sealed record PriceMapping
{
    /// <summary>Titles known without a mapping file, normalised.</summary>
    public static readonly PriceMapping Default = new()
    {
        Name = ["номенклатура", "наименование", "название", "товар", "name", "product", "title"],
        Code = ["код", "артикул", "code", "sku", "id", "код товара"],
        Price = ["цена", "price", "опт", "цена опт", "оптовая цена", "стоимость", "розница"],
        Status = ["статус", "status", "акция", "метка"],
        Category = ["категория", "category", "category_path", "раздел", "группа"],
    };

    private static readonly string[] Keys = ["name", "code", "price", "status", "category", "separator"];

    public required IReadOnlyList<string> Name { get; init; }

    public required IReadOnlyList<string> Code { get; init; }

    public required IReadOnlyList<string> Price { get; init; }

    public required IReadOnlyList<string> Status { get; init; }

    public required IReadOnlyList<string> Category { get; init; }

    /// <summary>What parts the categories of one cell.</summary>
    public string Separator { get; init; } = " > ";

    /// <returns>Null with a problem added where the file cannot be used.</returns>
    public static PriceMapping? Read(string file, ReadOnlyMemory<byte> bytes, List<FileProblem> problems)
    {
        using var json = JsonText.Parse(file, bytes, problems);
        if (json is null) return null;
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(file, "must be an object: { \"name\": \"…\", \"price\": \"…\" }", "должен быть объектом: { \"name\": \"…\", \"price\": \"…\" }"));
            return null;
        }

        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (Keys.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.String) continue;
            problems.Add(new(file, $"must be a column's title in quotes, one of: {string.Join(", ", Keys)}", $"должно быть названием столбца в кавычках, одно из: {string.Join(", ", Keys)}") { Field = property.Name });
        }

        if (problems.Count > 0) return null;
        return new PriceMapping
        {
            Name = Titles(json.RootElement, "name", Default.Name),
            Code = Titles(json.RootElement, "code", Default.Code),
            Price = Titles(json.RootElement, "price", Default.Price),
            Status = Titles(json.RootElement, "status", Default.Status),
            Category = Titles(json.RootElement, "category", Default.Category),
            Separator = json.RootElement.TryGetProperty("separator", out var separator) ? separator.GetString()! : Default.Separator,
        };
    }

    private static IReadOnlyList<string> Titles(JsonElement root, string key, IReadOnlyList<string> known) =>
        root.TryGetProperty(key, out var title) ? [title.GetString()!.Trim().ToLowerInvariant()] : known;
}

using System.Globalization;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Finds products by code however it is typed: "УТ-00025058", "ut25058", "en-00025058" on the other layout, "код 25058".</summary>
internal sealed class ProductCodes
{
    private const int LongestCode = 24;

    /// <summary>A bare number is a code from here on; shorter ones may be anything.</summary>
    private const int LongNumber = 8;
    private readonly Dictionary<long, List<(string Prefix, int Product)>> _byNumber = [];

    public ProductCodes(IReadOnlyList<Product> products)
    {
        for (var i = 0; i < products.Count; i++)
        {
            var (prefix, number) = Parse(products[i].Code);
            if (number is not { } key) continue;
            if (!_byNumber.TryGetValue(key, out var found)) _byNumber[key] = found = [];
            found.Add((prefix, i));
        }

        Prefixes = _byNumber.Values.SelectMany(found => found.Select(code => code.Prefix)).Where(prefix => prefix.Length > 0).ToHashSet();
    }

    /// <summary>Letters that codes begin with, normalised.</summary>
    public IReadOnlySet<string> Prefixes { get; }

    /// <returns>The prefix the letters mean, or null.</returns>
    public string? Prefix(string letters)
    {
        if (letters.Length > 4) return null;
        if (Prefixes.Contains(letters)) return letters;
        foreach (var prefix in Prefixes)
        {
            if (Transliteration.Key(letters) == Transliteration.Key(prefix)) return prefix;
            if (KeyboardLayout.ToCyrillic(letters) == prefix || KeyboardLayout.ToLatin(letters) == prefix) return prefix;
        }

        return null;
    }

    /// <summary>Takes the first code out of a query.</summary>
    public (string? Prefix, string Digits)? Take(List<Atom> atoms)
    {
        for (var i = 0; i < atoms.Count; i++)
        {
            if (!atoms[i].IsNumber || atoms[i].Text.Contains('.')) continue;
            if (i + 1 < atoms.Count && atoms[i + 1].IsGlued) continue;
            var before = i > 0 ? atoms[i - 1].Text : "";
            var prefix = before.Length > 0 && atoms[i].Text.Length > 4 ? Prefix(before) : null;
            var named = before is "код" or "кодом" or "артикул" or "арт" or "номер" or "коду" or "артикулу" or "code";
            if (prefix is null && !named && !(IsLong(atoms[i].Text) && (i == 0 || !atoms[i].IsGlued))) continue;
            if (prefix is not null && i > 1 && atoms[i - 1].IsGlued) continue;
            var code = (prefix, atoms[i].Text);
            atoms.RemoveRange(prefix is null ? i : i - 1, prefix is null ? 1 : 2);
            return code;
        }

        return null;
    }

    /// <param name="prefix">Null where none was typed.</param>
    /// <returns>Products with this code; with several, those of the same prefix.</returns>
    public IReadOnlyList<int> Find(string? prefix, string digits)
    {
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !_byNumber.TryGetValue(number, out var found)) return [];
        if (prefix is null) return [.. found.Select(code => code.Product)];
        return [.. found.Where(code => code.Prefix == prefix).Select(code => code.Product)];
    }

    /// <summary>Whether a number can only be a code.</summary>
    public static bool IsLong(string digits) => digits.Length is >= LongNumber and <= LongestCode;

    private static (string Prefix, long? Number) Parse(string code)
    {
        var text = Normalisation.Apply(code);
        var digits = text.AsSpan().TrimStart("абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz-–_ ./");
        var prefix = text[..(text.Length - digits.Length)].Trim('-', ' ', '_', '.', '/', '–');
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (prefix, number) : (prefix, null);
    }
}

using System.Globalization;
using OptFm.Search.Text;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Products;

/// <summary>Reads "до 500 рублей", "от 300 до 700", "дешевле 1 500р", "за 2к" and takes them out of the query.</summary>
internal static class PriceLimits
{
    /// <summary>A bare number after "до" is a price from here on; smaller ones may be sizes.</summary>
    private const decimal LeastBare = 30;
    private static readonly string[] Upper = ["до", "дешевле", "меньше", "ниже", "максимум", "макс", "пределах"];
    private static readonly string[] Lower = ["от", "дороже", "больше", "более", "выше", "минимум"];
    private static readonly string[] About = ["за", "около", "примерно", "районе", "по", "на"];

    public static PriceRange? Take(List<Atom> atoms)
    {
        decimal? from = null, to = null;
        for (var i = 0; i < atoms.Count; i++)
        {
            var word = atoms[i].Text;
            var (isUpper, isLower) = (Upper.Contains(word), Lower.Contains(word));
            if (!isUpper && !isLower && !About.Contains(word)) continue;
            if (ReadAmount(atoms, i + 1) is not var (amount, count, hasUnit)) continue;
            if (!hasUnit && (amount < LeastBare || (!isUpper && !IsBound(atoms, i, count)))) continue;
            var isNegated = i > 0 && atoms[i - 1].Text == "не";
            if (isNegated) (isUpper, isLower) = (isLower, isUpper);
            if (isLower) from = amount;
            else to = amount;
            if (isNegated) i--;
            atoms.RemoveRange(i, count + (isNegated ? 2 : 1));
            i--;
        }

        return from is null && to is null ? null : new PriceRange(from, to);
    }

    /// <summary>"от 300" is a price where "до" or the end follows.</summary>
    private static bool IsBound(List<Atom> atoms, int start, int count)
    {
        var next = start + 1 + count;
        return Lower.Contains(atoms[start].Text) && (next >= atoms.Count || atoms[next].Text == "до");
    }

    /// <returns>The amount, how many atoms it takes, and whether it says that it is money; null where no price stands there.</returns>
    private static (decimal Amount, int Count, bool HasUnit)? ReadAmount(List<Atom> atoms, int start)
    {
        if (start >= atoms.Count || !decimal.TryParse(atoms[start].Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return null;
        var next = start + 1;
        while (next < atoms.Count && atoms[next] is { Before: ' ', Text.Length: 3 } thousands && thousands.IsNumber && amount < 1_000_000)
            amount = (amount * 1000) + int.Parse(atoms[next++].Text, CultureInfo.InvariantCulture);
        if (amount > 100_000_000) return null;
        if (next >= atoms.Count) return (amount, next - start, false);
        var word = atoms[next].Text;
        if (word is "к" or "k" or "тыс" or "тысяч" or "тысячи" or "тысячу" or "т") return (amount * 1000, Money(atoms, next + 1) - start, true);
        if (IsMoney(word)) return (amount, next + 1 - start, true);
        return Units.Of(word, spaced: !atoms[next].IsGlued) is null && !atoms[next].IsGlued ? (amount, next - start, false) : null;
    }

    private static int Money(List<Atom> atoms, int index) => index < atoms.Count && IsMoney(atoms[index].Text) ? index + 1 : index;

    private static bool IsMoney(string word) => word is "р" or "руб" or "rub" or "r" || RussianStemmer.Stem(Transliteration.ToCyrillic(word)) is "рубл" or "рублик" or "целков";
}

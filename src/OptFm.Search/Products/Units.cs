using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Units of measure as people and price lists write them; a measure becomes one term, "20 ватт" and "20W" both 20w.</summary>
internal static class Units
{
    /// <summary>Units in transliteration are words of so many letters: "metra".</summary>
    private const int Spoken = 4;

    private static readonly FrozenDictionary<string, string> Canonical = Table(
        "w w вт ватт ватта ваттов ваттный watt ватный", "gb gb гб гиг гига гигов гигабайт гигабайта гигабайтов gig гигабайтная", "tb tb тб терабайт терабайта",
        "mb mb мб мегабайт", "mah mah ma мач ма мaч mач мah миллиампер", "v v в вольт вольта", "a a а ампер ампера", "m m м метр метра метров метровый метровая",
        "cm cm см сантиметр сантиметров", "mm mm мм миллиметр миллиметров миллиметра", "ml ml мл", "l l л литр литра литров литровый литровая", "hz hz гц");

    /// <summary>The unit a word stands for, or null.</summary>
    /// <param name="spaced">Whether the word is apart from its number: then one letter is more likely a preposition.</param>
    public static string? Of(string word, bool spaced)
    {
        if (spaced && word is "в" or "а" or "a" or "v") return null;
        if (Canonical.TryGetValue(LookAlikes.Apply(word), out var unit)) return unit;
        return word.Length >= Spoken && Scripts.AnyLatin(word) ? Canonical.GetValueOrDefault(LookAlikes.Apply(Transliteration.ToCyrillic(word))) : null;
    }

    public static string Measure(string number, string unit) => (number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number) + unit;

    private static FrozenDictionary<string, string> Table(params string[] lines)
    {
        var table = new Dictionary<string, string>();
        foreach (var words in lines.Select(line => line.Split(' ')))
            foreach (var word in words[1..]) table.TryAdd(LookAlikes.Apply(word), words[0]);
        return table.ToFrozenDictionary();
    }
}

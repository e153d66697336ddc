using OptFm.Search.Text;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Products;

/// <summary>Colours in names, whole or abbreviated: "черный", "черн.", "чер.".</summary>
internal static class Colours
{
    private static readonly string[] Names =
    [
        "черный", "белый", "синий", "красный", "зеленый", "серый", "розовый", "золото", "серебро", "фиолетовый", "желтый", "голубой", "оранжевый",
        "коричневый", "прозрачный", "бежевый", "бирюзовый", "сиреневый", "мятный", "бордовый", "салатовый", "персиковый", "лавандовый",
    ];

    private static readonly (string Stem, string Name)[] Stems = [.. Names.Select(name => (RussianStemmer.Stem(name), name))];

    /// <param name="read">As <see cref="TextAnalyzer.ReadWord"/>; the builder's remembers.</param>
    public static string? Of(string name, Func<string, Word> read)
    {
        foreach (var atom in Atom.Split(Normalisation.Apply(name)))
        {
            if (atom.Text.Length < 3 || !Scripts.AnyCyrillic(atom.Text)) continue;
            var stem = read(atom.Text).Stem;
            foreach (var colour in Stems)
                if (stem == colour.Stem || (atom.Dotted && colour.Name.StartsWith(atom.Text, StringComparison.Ordinal))) return colour.Name;
        }

        return null;
    }
}

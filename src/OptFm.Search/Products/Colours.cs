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

    public static string? Of(string name)
    {
        foreach (var atom in Atom.Split(Normalisation.Apply(name)))
        {
            if (atom.Text.Length < 3 || !Scripts.AnyCyrillic(atom.Text)) continue;
            var stem = RussianStemmer.Stem(atom.Text);
            foreach (var colour in Stems)
                if (stem == colour.Stem || (atom.Dotted && colour.Name.StartsWith(atom.Text, StringComparison.Ordinal))) return colour.Name;
        }

        return null;
    }
}

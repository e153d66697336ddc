using System.Collections.Frozen;

namespace OptFm.Search.Products;

/// <summary>Numbers in words before a unit: "полтора метра", "два метра".</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>
    {
        ["пол"] = "0.5",
        ["полтора"] = "1.5",
        ["полутора"] = "1.5",
        ["один"] = "1",
        ["одного"] = "1",
        ["два"] = "2",
        ["двух"] = "2",
        ["три"] = "3",
        ["трех"] = "3",
        ["четыре"] = "4",
        ["пять"] = "5",
        ["десять"] = "10",
        ["двадцать"] = "20",
        ["тридцать"] = "30",
        ["сто"] = "100",
    }.ToFrozenDictionary();

    /// <summary>"3 в 1" as lists write it: 3in1.</summary>
    private static void JoinIn(List<Atom> atoms, int i)
    {
        atoms[i + 1] = atoms[i + 1] with { Text = "in", Before = '\0' };
        atoms[i + 2] = atoms[i + 2] with { Before = '\0' };
    }

    public static void Replace(List<Atom> atoms)
    {
        for (var i = 0; i + 2 < atoms.Count; i++)
            if (atoms[i].IsNumber && atoms[i + 1].Text is "в" or "in" && atoms[i + 2] is { IsNumber: true, Before: ' ' }) JoinIn(atoms, i);
        for (var i = 0; i + 1 < atoms.Count; i++)
            if (Numbers.TryGetValue(atoms[i].Text, out var number) && Units.Of(atoms[i + 1].Text, spaced: true) is not null) atoms[i] = atoms[i] with { Text = number };
    }
}

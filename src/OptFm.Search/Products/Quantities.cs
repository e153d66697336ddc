namespace OptFm.Search.Products;

/// <summary>Takes "10 шт" out of a query: how many, not what.</summary>
internal static class Quantities
{
    private static readonly string[] Pieces = ["шт", "штук", "штуки", "штука", "упаковок", "упаковки", "коробок", "пачек"];

    public static void Drop(List<Atom> atoms)
    {
        for (var i = 0; i + 1 < atoms.Count;)
        {
            if (atoms[i].IsNumber && Pieces.Contains(atoms[i + 1].Text)) atoms.RemoveRange(i, 2);
            else i++;
        }
    }
}

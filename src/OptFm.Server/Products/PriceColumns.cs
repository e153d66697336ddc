using OptFm.Server.Products.Rows;

namespace OptFm.Server.Products;

/// <summary>Where the columns of a list are, and where its rows begin.</summary>
/// <param name="First">Index of the first row after the header.</param>
internal sealed record PriceColumns(int Name, int? Code, int Price, int? Status, int? Category, int First)
{
    private const int HeaderWithin = 40;

    /// <summary>Finds the header, which may take two rows, as the accounting program's does.</summary>
    /// <returns>Null where no row has the titles of name and price.</returns>
    public static PriceColumns? Find(List<PriceRow> rows, PriceMapping mapping)
    {
        for (var i = 0; i < rows.Count && i < HeaderWithin; i++)
        {
            if (Column(rows[i], mapping.Name) is not { } name) continue;
            var below = i + 1 < rows.Count && rows[i + 1].Cell(name).Length == 0 ? rows[i + 1] : null;
            var price = Column(rows[i], mapping.Price) ?? Column(below, mapping.Price);
            if (price is null) continue;
            var isTwoRows = below is not null && below.Cell(price).Length > 0 && mapping.Price.Contains(below.Cell(price).ToLowerInvariant());
            return new(name, Column(rows[i], mapping.Code), price.Value, Column(rows[i], mapping.Status), Column(rows[i], mapping.Category), i + (isTwoRows ? 2 : 1));
        }

        return null;
    }

    private static int? Column(PriceRow? row, IReadOnlyList<string> titles)
    {
        if (row is null) return null;
        foreach (var title in titles)
            for (var i = 0; i < row.Cells.Count; i++)
                if (string.Equals(row.Cells[i], title, StringComparison.OrdinalIgnoreCase)) return i;
        return null;
    }
}

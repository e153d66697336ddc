namespace OptFm.Server.Products;

/// <summary>
/// Stores a list that was read as <c>price.csv</c> in DATA_DIR, whatever format it came in. Written beside and renamed over, so that the
/// server sees the old list or the new one, never a half.
/// </summary>
internal static class PriceImport
{
    public static void Store(PriceSnapshot price, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var beside = $"{target}.{Environment.ProcessId}.new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            using (var writer = new StreamWriter(file, leaveOpen: true)) Write(price, writer);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, target, overwrite: true);
    }

    private static void Write(PriceSnapshot price, StreamWriter file)
    {
        Row(file, [price.Report.Heading, "", "", "", ""]);
        if (price.Report.Note.Length > 0) Row(file, ["*" + price.Report.Note, "", "", "", ""]);
        Row(file, ["code", "name", "price", "status", "category"]);
        foreach (var product in price.Search.Products)
            Row(file, [product.Code, product.Name, product.PriceText, product.Status, string.Join(PriceMapping.Default.Separator, product.Category)]);
    }

    private static void Row(StreamWriter file, IEnumerable<string> cells) => file.Write(string.Join(';', cells.Select(Quoted)) + '\n');

    /// <summary>RFC 4180; every cell, so that codes keep their zeros in a spreadsheet.</summary>
    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"")}\"";
}

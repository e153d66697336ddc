using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace OptFm.Server.Products.Rows;

/// <summary>Reads a .csv or .tsv file in UTF-8 or Windows-1251, parted by whichever of semicolon, tab and comma its start has most of.</summary>
internal static class TextRows
{
    private const int Sample = 4096;

    static TextRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="InvalidDataException">The text cannot be read.</exception>
    public static List<PriceRow> Read(ReadOnlyMemory<byte> bytes)
    {
        var text = (Utf8.IsValid(bytes.Span) ? Encoding.UTF8 : Encoding.GetEncoding(1251)).GetString(bytes.Span).TrimStart('\uFEFF');
        var delimiter = Delimiter(text.AsSpan(0, Math.Min(text.Length, Sample)));
        var options = new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            SkipEmptyLines = false,
            Mode = delimiter == '\t' ? CsvMode.NoEscape : CsvMode.Rfc4180,
            IncludeValuesInExceptions = false,
        };
        var rows = new List<PriceRow>();
        try
        {
            using var reader = CsvReader.FromText(text, options);
            while (rows.Count < SheetRows.MostRows && reader.Read()) rows.Add(new(rows.Count + 1, 0, Cells(reader)));
        }
        catch (CsvFormatException wrong)
        {
            throw new InvalidDataException("no readable CSV", wrong);
        }

        return rows;
    }

    private static string[] Cells(CsvReader reader)
    {
        var cells = new string[Math.Min(reader.FieldCount, SheetRows.MostColumns)];
        for (var i = 0; i < cells.Length; i++) cells[i] = reader.GetString(i).Trim();
        return cells;
    }

    private static char Delimiter(ReadOnlySpan<char> sample)
    {
        var (best, most) = (';', 0);
        foreach (var candidate in ";\t,")
            if (sample.Count(candidate) is var count && count > most) (best, most) = (candidate, count);
        return sample.Contains('\t') && sample.Count('\t') >= sample.Count('\n') ? '\t' : best;
    }
}

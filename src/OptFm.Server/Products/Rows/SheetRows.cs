using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace OptFm.Server.Products.Rows;

/// <summary>Reads the first sheet of an Excel file, .xls or .xlsx.</summary>
internal static class SheetRows
{
    public const int MostRows = 600_000;
    public const int MostColumns = 64;

    static SheetRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // Old .xls files hold Windows-1251.

    /// <exception cref="InvalidDataException">The bytes are no readable workbook.</exception>
    public static List<PriceRow> Read(byte[] bytes, bool isOld)
    {
        if (!isOld && XlsxBounds.AreExceeded(bytes)) throw new InvalidDataException($"it unpacks into more than {XlsxBounds.MostUnpacked >> 20} MB, or {XlsxBounds.MostTexts >> 20} MB of texts");
        try
        {
            var levels = isOld ? BiffOutline.Levels(bytes) : XlsxOutline.Levels(bytes);
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(bytes, writable: false));
            var rows = new List<PriceRow>();
            while (reader.Read() && rows.Count < MostRows)
            {
                var number = rows.Count + 1;
                var cells = new string[Math.Min(reader.FieldCount, MostColumns)];
                for (var i = 0; i < cells.Length; i++) cells[i] = Text(reader.GetValue(i));
                rows.Add(new(number, levels.GetValueOrDefault(number), cells));
            }

            return rows;
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // The reader throws whatever its parsing trips over; for the shop it is one thing: not a workbook.
            throw new InvalidDataException("no readable Excel workbook", wrong);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        DateTime date => date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim(),
    };
}

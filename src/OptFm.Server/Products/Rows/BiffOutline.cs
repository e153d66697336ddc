using System.Buffers.Binary;

namespace OptFm.Server.Products.Rows;

/// <summary>
/// Outline levels of the rows of an .xls file's first sheet, which ExcelDataReader does not tell: bits 0 to 2 of a ROW record's options,
/// [MS-XLS] 2.4.221, https://learn.microsoft.com/openspecs/office_file_formats/ms-xls.
/// </summary>
internal static class BiffOutline
{
    private const int Row = 0x208;
    private const int BeginOfSubstream = 0x809;
    private const int EndOfSubstream = 0x0A;
    private const int OptionsAt = 12;

    /// <returns>Levels above 0 by row number, from 1; empty where the file has none.</returns>
    public static Dictionary<int, int> Levels(byte[] file)
    {
        var levels = new Dictionary<int, int>();
        if (CompoundFile.Stream(file, "Workbook", "Book") is not { } workbook) return levels;
        var substream = 0;
        for (var at = 0; at + 4 <= workbook.Length;)
        {
            var (type, length) = (UInt16(workbook, at), UInt16(workbook, at + 2));
            at += 4;
            if (at + length > workbook.Length) break;
            if (type == BeginOfSubstream) substream++;
            if (type == EndOfSubstream && substream > 1) break; // The globals come first, then the first sheet.
            if (type == Row && length >= OptionsAt + 2 && (UInt16(workbook, at + OptionsAt) & 7) is var level and > 0)
                levels[UInt16(workbook, at) + 1] = level;
            at += length;
        }

        return levels;
    }

    private static int UInt16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}

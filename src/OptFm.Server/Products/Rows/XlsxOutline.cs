using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace OptFm.Server.Products.Rows;

/// <summary>Outline levels of the rows of an .xlsx file's first sheet: the attribute outlineLevel, ECMA-376 part 1, 18.3.1.73.</summary>
internal static class XlsxOutline
{
    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static Dictionary<int, int> Levels(byte[] file)
    {
        var levels = new Dictionary<int, int>();
        using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        var sheet = zip.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)).MinBy(entry => (entry.FullName.Length, entry.FullName));
        if (sheet is null) return levels;
        using var xml = XmlReader.Create(sheet.Open(), Safe);
        var number = 0;
        while (xml.Read() && number < SheetRows.MostRows)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row") continue;
            number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : number + 1;
            if (int.TryParse(xml.GetAttribute("outlineLevel"), NumberStyles.None, CultureInfo.InvariantCulture, out var level)) levels[number] = level;
        }

        return levels;
    }
}

using System.IO.Compression;

namespace OptFm.Server.Products.Rows;

/// <summary>An .xlsx file is a zip archive, and a hundred megabytes of one may unpack into as many gigabytes of memory.</summary>
internal static class XlsxBounds
{
    /// <summary>In bytes: thrice what a list of <see cref="SheetRows.MostRows"/> rows takes.</summary>
    public const long MostUnpacked = 512L << 20;

    /// <summary>Of the texts that the reader keeps in memory, in bytes.</summary>
    public const long MostTexts = 96L << 20;

    /// <summary>By unpacking, because the sizes an archive declares are its author's word.</summary>
    public static bool AreExceeded(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            var left = MostUnpacked;
            foreach (var entry in zip.Entries)
            {
                var most = entry.Name == "sharedStrings.xml" ? Math.Min(MostTexts, left) : left;
                var size = Measure(entry, most);
                if (size > most) return true;
                left -= size;
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return false; // No archive: whoever reads it says so.
        }
    }

    /// <returns>Its size, or more than <paramref name="most"/>.</returns>
    private static long Measure(ZipArchiveEntry entry, long most)
    {
        using var content = entry.Open();
        var buffer = new byte[64 * 1024];
        long size = 0;
        while (size <= most && content.Read(buffer) is > 0 and var read) size += read;
        return size;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace OptFm.Server.Products.Rows;

/// <summary>
/// Takes one stream out of a compound file, the container of .xls. Only what large streams need; see [MS-CFB],
/// https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb.
/// </summary>
internal static class CompoundFile
{
    private const int HeaderSize = 512;
    private const int EntrySize = 128;
    private const int SectorsInHeader = 109;
    private const uint LastSector = 0xFFFFFFFA;

    /// <summary>Streams below this many bytes lie elsewhere; a workbook is never so small.</summary>
    private const uint SmallStream = 4096;

    /// <returns>Null where there is no such large stream.</returns>
    /// <exception cref="InvalidDataException">The chains of sectors are broken.</exception>
    public static byte[]? Stream(byte[] file, params ReadOnlySpan<string> names)
    {
        if (file.Length < HeaderSize || BinaryPrimitives.ReadUInt64LittleEndian(file) != 0xE11AB1A1E011CFD0) return null;
        var size = 1 << BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(30));
        if (size is not (512 or 4096)) return null;
        var table = Table(file, size);
        var directory = Chain(file, size, table, UInt32(file, 48));
        for (var entry = 0; entry + EntrySize <= directory.Length; entry += EntrySize)
        {
            var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(entry + 64)) - 2, 0, 62);
            if (!names.Contains(Encoding.Unicode.GetString(directory, entry, length))) continue;
            var bytes = UInt32(directory, entry + 120);
            if (bytes < SmallStream) return null;
            var content = Chain(file, size, table, UInt32(directory, entry + 116));
            return bytes <= content.Length ? content[..(int)bytes] : content;
        }

        return null;
    }

    /// <summary>For each sector the next one of its chain.</summary>
    private static List<uint> Table(byte[] file, int size)
    {
        var sectors = new List<uint>();
        for (var i = 0; i < SectorsInHeader; i++) sectors.Add(UInt32(file, 76 + (i * 4)));
        var more = UInt32(file, 68);
        for (var guard = 0; more < LastSector && guard < 1024; guard++)
        {
            var at = Offset(file, size, more);
            for (var i = 0; i < (size / 4) - 1; i++) sectors.Add(UInt32(file, at + (i * 4)));
            more = UInt32(file, at + size - 4);
        }

        var table = new List<uint>();
        foreach (var sector in sectors.Where(sector => sector < LastSector))
        {
            var at = Offset(file, size, sector);
            for (var i = 0; i < size / 4; i++) table.Add(UInt32(file, at + (i * 4)));
        }

        return table;
    }

    private static byte[] Chain(byte[] file, int size, List<uint> table, uint start)
    {
        using var content = new MemoryStream();
        for (var sector = start; sector < LastSector; sector = table[(int)sector])
        {
            if (sector >= table.Count || content.Length > file.Length) throw new InvalidDataException("broken chain of sectors");
            content.Write(file, Offset(file, size, sector), size);
        }

        return content.ToArray();
    }

    private static int Offset(byte[] file, int size, uint sector)
    {
        var offset = (sector + 1L) * size;
        return offset + size <= file.Length
            ? (int)offset
            : throw new InvalidDataException("a sector beyond the end of the file");
    }

    private static uint UInt32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}

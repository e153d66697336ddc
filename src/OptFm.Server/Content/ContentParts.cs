using System.IO.Compression;

namespace OptFm.Server.Content;

/// <summary>Bytes in slices of a megabyte, each compressed by itself: what is held beside the file stays small, however large the file.</summary>
internal static class ContentParts
{
    public const int Slice = 1024 * 1024;

    public static int Count(long size) => (int)((size + Slice - 1) / Slice);

    /// <param name="part">From 0.</param>
    public static byte[] Pack(ReadOnlyMemory<byte> bytes, int part)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes.Span.Slice(part * Slice, Math.Min(Slice, bytes.Length - part * Slice)));
        return packed.ToArray();
    }

    /// <returns>False when the part is not what was packed.</returns>
    public static bool Unpack(byte[] packed, Span<byte> into)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return gzip.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length && gzip.ReadByte() < 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

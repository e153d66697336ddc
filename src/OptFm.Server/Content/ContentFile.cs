using System.Security.Cryptography;

namespace OptFm.Server.Content;

/// <summary>The bytes of a file, whole and as read by one node.</summary>
/// <param name="Path">Where it was read; its ending may say the format.</param>
/// <param name="Sha256">Of the bytes, in hex.</param>
/// <param name="Mapping">The columns of a price list, where they are described beside it.</param>
internal sealed record ContentFile(string Path, ReadOnlyMemory<byte> Bytes, string Sha256, byte[]? Mapping)
{
    public static ContentFile Of(string path, ReadOnlyMemory<byte> bytes, byte[]? mapping) => new(path, bytes, Hash(bytes), mapping);

    public static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes.Span));
}

/// <summary>A version of a name: what it was made of, without the bytes.</summary>
/// <param name="Version">From 1, rising by one.</param>
/// <param name="Size">In bytes.</param>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Source">The machine and the file's place there.</param>
/// <param name="ImportedAt">Unix ms.</param>
internal sealed record ContentVersion(string Name, long Version, string Sha256, long Size, byte[]? Mapping, string File, string Source, long ImportedAt)
{
    /// <summary>What the log and the commands call it; ends like the file.</summary>
    public string Label => $"{Name} v{Version} {File}";

    public bool IsOf(ContentFile file) => Sha256 == file.Sha256 && (Mapping ?? []).AsSpan().SequenceEqual(file.Mapping ?? []) && Mapping is null == file.Mapping is null;
}

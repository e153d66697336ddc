using OptFm.Server.Faq;

namespace OptFm.Server.Content;

/// <summary>A name's file at this node, which may be absent.</summary>
internal sealed record SharedFileOptions(string Name, string Path)
{
    /// <summary>What came with the program under this name: never imported, wherever it was copied to. Empty where nothing came.</summary>
    public string Shipped { get; init; } = "";

    /// <summary>Longest file, in bytes.</summary>
    public long MostBytes { get; init; } = JsonText.MostBytes;

    /// <summary>Whether a file that is not there says nothing: none was named.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>Reads what belongs to the file and lies beside it.</summary>
    public Func<byte[]?> Mapping { get; init; } = () => null;

    /// <summary>Whether the file says nothing of the shop: a demo must not take the place of what another node's shop wrote.</summary>
    public bool IsShipped(ReadOnlyMemory<byte> bytes)
    {
        if (Shipped.Length == 0) return false;
        var file = new FileInfo(Shipped);
        return file.Exists && file.Length == bytes.Length && bytes.Span.SequenceEqual(File.ReadAllBytes(Shipped));
    }
}

using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;

namespace OptFm.Server.Backups;

/// <summary>
/// Unpacks a backup into an empty folder and checks every byte of it. The file may be damaged or hostile: an entry has a plain name out of the
/// manifest, is a regular file of the told size, and all of them together are not larger than a real backup of that size can be.
/// </summary>
internal sealed class ArchiveReader
{
    /// <summary>How much larger than the packed file the content may be. A database of the bot packs to a tenth; this is for very dull chats.</summary>
    private const int MostRatio = 100;

    private const long AlwaysAllowed = 64 << 20;
    private const int MostManifest = 1 << 20;

    private readonly string _folder;
    private readonly long _most;

    private ArchiveReader(string folder, long packedBytes) => (_folder, _most) = (folder, AlwaysAllowed + (MostRatio * packedBytes));

    /// <exception cref="BackupException">Damaged, hostile or newer than this program, or the disk is too full.</exception>
    public static async Task<Manifest> UnpackAsync(Stream packed, string folder, CancellationToken stop)
    {
        try
        {
            return await new ArchiveReader(folder, packed.Length).UnpackAsync(packed, stop);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or NotSupportedException or OutOfMemoryException)
        {
            throw BackupException.Damaged(e.Message, e);
        }
    }

    private async Task<Manifest> UnpackAsync(Stream packed, CancellationToken stop)
    {
        await using var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
        await using var bounded = new BoundedStream(gzip, _most);
        await using var tar = new TarReader(bounded);
        var json = await SmallAsync(tar, Manifest.FileName, stop);
        var manifest = Manifest.Read(json);
        if (manifest.Bytes > _most) throw BackupException.Damaged("it unpacks to far more than its size");
        DiskSpace.Require(_folder, manifest.Bytes);

        foreach (var file in manifest.Files) await UnpackAsync(tar, file, stop);
        if (!(await SmallAsync(tar, Checksums.FileName, stop)).AsSpan().SequenceEqual(Checksums.List(manifest, json))) throw BackupException.Damaged(Checksums.FileName);
        if (await tar.GetNextEntryAsync(copyData: false, stop) is not null) throw BackupException.Damaged("there is more in it than it tells");
        // gzip's own checksum comes at the very end.
        await bounded.CopyToAsync(Stream.Null, stop);
        CheckEnd(packed, bounded.BytesRead);
        return manifest;
    }

    /// <summary>The runtime does not mind if the end of a gzip file is missing; a backup that was cut short is not to be trusted with anything.</summary>
    /// <remarks>Its last four bytes are the length of the content: https://www.rfc-editor.org/rfc/rfc1952#page-8</remarks>
    private static void CheckEnd(Stream packed, long length)
    {
        Span<byte> end = stackalloc byte[sizeof(uint)];
        packed.Seek(-end.Length, SeekOrigin.End);
        packed.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)length) throw BackupException.Damaged("its end is missing");
    }

    private async Task UnpackAsync(TarReader tar, ManifestFile file, CancellationToken stop)
    {
        var entry = await NextAsync(tar, file.Name, stop);
        if (entry.Length != file.Bytes) throw BackupException.Damaged(file.Name);

        var path = Path.Combine(_folder, file.Name);
        await using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
        {
            if (entry.DataStream is { } content) await content.CopyToAsync(target, stop);
        }

        if (await Checksums.OfFileAsync(path, stop) != file.Sha256) throw BackupException.Damaged(file.Name);
    }

    private static async Task<byte[]> SmallAsync(TarReader tar, string name, CancellationToken stop)
    {
        var entry = await NextAsync(tar, name, stop);
        if (entry.DataStream is null || entry.Length > MostManifest) throw BackupException.Damaged(name);

        var content = new byte[entry.Length];
        await entry.DataStream.ReadExactlyAsync(content, stop);
        return content;
    }

    private static async Task<TarEntry> NextAsync(TarReader tar, string name, CancellationToken stop)
    {
        var entry = await tar.GetNextEntryAsync(copyData: false, stop);
        return entry is { EntryType: TarEntryType.RegularFile } && entry.Name == ArchiveWriter.Prefix + name ? entry : throw BackupException.Damaged(name);
    }
}

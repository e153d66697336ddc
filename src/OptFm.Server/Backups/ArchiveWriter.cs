using System.Formats.Tar;
using System.IO.Compression;

namespace OptFm.Server.Backups;

/// <summary>
/// Packs a backup: a tar file that any tar unpacks, compressed. First the manifest, so that a reader knows early what comes; then the files;
/// last the list of checksums, the manifest's among them, so that nothing can be missing or altered unnoticed.
/// </summary>
internal static class ArchiveWriter
{
    /// <summary>The folder in the tar file.</summary>
    public const string Prefix = "optfm-backup/";

    /// <param name="folder">Where the manifest's files lie under their names.</param>
    public static async Task PackAsync(Manifest manifest, string folder, Stream packed, CancellationToken stop)
    {
        var json = manifest.ToJson();
        await using var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Pax, leaveOpen: true);
        await WriteAsync(tar, Manifest.FileName, new MemoryStream(json), manifest.Time, stop);
        foreach (var file in manifest.Files)
        {
            await using var content = File.OpenRead(Path.Combine(folder, file.Name));
            await WriteAsync(tar, file.Name, content, manifest.Time, stop);
        }

        await WriteAsync(tar, Checksums.FileName, new MemoryStream(Checksums.List(manifest, json)), manifest.Time, stop);
    }

    private static Task WriteAsync(TarWriter tar, string name, Stream content, DateTimeOffset time, CancellationToken stop) =>
        tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, Prefix + name) { DataStream = content, Mode = FileOwner.Private, ModificationTime = time }, stop);
}

using System.Security.Cryptography;
using System.Text;

namespace OptFm.Server.Backups;

/// <summary>SHA-256 of files, and the list of them that ends a backup: <c>sha256sum -c SHA256SUMS</c> checks it without optfm, too.</summary>
internal static class Checksums
{
    public const string FileName = "SHA256SUMS";

    public static async Task<string> OfFileAsync(string path, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }

    public static byte[] List(Manifest manifest, ReadOnlySpan<byte> manifestJson)
    {
        var list = new StringBuilder($"{Convert.ToHexStringLower(SHA256.HashData(manifestJson))}  {Manifest.FileName}\n");
        foreach (var file in manifest.Files) list.Append($"{file.Sha256}  {file.Name}\n");
        return Encoding.ASCII.GetBytes(list.ToString());
    }
}
